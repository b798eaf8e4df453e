/* Step 2's fields (contract.md, /register/details): the same in registration, 重新提交 and the clerk's
 * correction. */
#ifndef WEB_MEMBERS_PERSON_FORM_H
#define WEB_MEMBERS_PERSON_FORM_H

#include "app/members/person.h"
#include "app/members/photos.h"
#include "web/core/form.h"

struct employer_view {
    struct str id, name, address;
    bool chosen;
};
struct employers_view {
    LIST(struct employer_view);
};

/* The employer: found by any part of its name, chosen from at most EMPLOYERS_MAX. */
struct company_picker {
    struct str q, error;
    struct str
        address; /* the chosen one's, to be offered as mailing address; none: it has none, or it is fixed */
    struct str address_hint, address_offered; /* what stands under the mailing address, otherwise and then */
    struct employers_view choices;            /* what was found, the chosen one among them */
    struct employers_view offered;            /* called so, or almost, as what was typed as not in the list */
    struct fields_view unlisted; /* 单位不在列表中: its name; none where that is not offered */
    struct str direct;           /* the id of 协会直管 */
    struct fields_view reason;   /* why that is chosen */
    bool searched, fixed, focus, unlisted_open; /* fixed: choices holds the one employer, which stays */
};
#define EMPLOYERS_MAX 20

struct photo_field {
    struct url kept;  /* none: no photo yet */
    struct str token; /* of a kept one that is nobody's yet */
    struct str error, anyway_error;
    bool required, offers_anyway, anyway, focus;
};

/* What the page knows beside what was typed. The handler fills it. */
struct person_form_about {
    struct str id_shown;                /* person_form_id_shown, or masked as lists do */
    struct url photo;                   /* where the kept photo is; none: there is none yet */
    struct str photo_kept;              /* its token, while it is nobody's (app/photos.h) */
    struct str photo_flaw;              /* a flaw of the kept photo that nobody accepted yet */
    bool photo_anyway;                  /* accepted earlier */
    bool offers_unlisted;               /* 单位不在列表中: whoever fills in an own application */
    bool company_fixed;                 /* the employer stays: the clerk's correction */
    bool offers_bareheaded, bareheaded; /* 免冠: the clerk's tick */
};

struct person_form {
    struct str id_shown, id_error; /* id_error: registered meanwhile, or too old by now */
    struct fields_view name, education, work, contact;
    struct company_picker company;
    struct photo_field photo;
    bool id_focus, offers_bareheaded, bareheaded;
    int wrong; /* so many fields; the first of them has the focus */
};

/* The text fields, the file `photo`, photo_kept and photo_anyway. */
void person_form_read(const struct web *w, struct person_input *ret, struct photo_input *ret_photo);
/* The button 查找 was pressed, for browsers without scripts: show the form again with 200 and do nothing
 * else. */
bool person_form_find(const struct web *w);
/* `in` is what stands in the fields; messages come from w->c.problems. Looks up the employer's name, and what
 * company_q finds when 查找 was pressed or no employer is chosen. An empty mailing address is filled with
 * that of the employer, and says so; what was typed stays. */
enum status person_form_view(struct web *w, const struct person_input *in,
                             const struct person_form_about *about, struct person_form *ret) MUST_USE;
/* 620***********1011　男　1988-08-08 */
struct str person_form_id_shown(struct web *w, struct str id_number);

#endif
