/* One person as the company and the association see it: the parts that their pages share. */
#ifndef WEB_MEMBERS_PERSON_PAGE_H
#define WEB_MEMBERS_PERSON_PAGE_H

#include "web/core/frame.h"
#include "web/members/facts.h"
#include "web/members/timeline.h"

struct person_period {
    struct str kind; /* 首次入会, 续期 */
    struct day from, to, approved_on;
    struct str document_no, ended; /* ended: why it was over sooner, or void; or none */
};
struct person_periods {
    LIST(struct person_period);
};

struct person_view {
    int64_t id;
    struct str name, state, state_label, id_number; /* masked: a click that is logged shows it */
    struct str photo_flaw, reason;                  /* reason: of the state, or none */
    struct url photo, reveal;
    struct facts_view head, fields; /* beside the photo; the rest of what was submitted */
    struct person_periods periods;
    struct timeline_view timeline;
};

/* Reads the newest events too. */
enum status person_view(struct web *w, const struct dossier *d, struct person_view *ret) MUST_USE;

#endif
