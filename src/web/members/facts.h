/* Everything that a person filled in, as pages show it. */
#ifndef WEB_MEMBERS_FACTS_H
#define WEB_MEMBERS_FACTS_H

#include "app/members/page.h"
#include "domain/person_field.h"
#include "web/core/web.h"

struct fact_view {
    struct str label, value;
    bool number, wide, wide_on_phone;
    struct url reveal; /* the ID number: where a click shows the whole */
};
struct facts_view {
    LIST(struct fact_view);
};
/* ID number masked; what else is personal in full to the person, masked to others. */
struct facts_view facts_view(struct web *w, const struct dossier *d);
/* Without what stands in a card already: name, ID number, sex, birth date. */
struct facts_view facts_of_work(struct web *w, const struct dossier *d);
/* A field's normalised text as pages show it to the person. */
struct str person_read(struct web *w, const struct person_field *f, struct str text);
/* Where the photo is; none for somebody without one. */
struct url photo_url(struct web *w, const struct member_full *m);
/* The same while a form of this person keeps another one (app/photos.h); none kept: as photo_url. */
struct url photo_url_kept(struct web *w, const struct member_full *m, struct str kept);

#endif
