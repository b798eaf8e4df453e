/* What was submitted, changed: by the person when it was returned, by the company's clerk before the
 * recommendation, by the association, which alone changes ID number and employer. Before and after are in the
 * trail and shown to the person. */
#ifndef APP_MEMBERS_CORRECTIONS_H
#define APP_MEMBERS_CORRECTIONS_H

#include "app/members/page.h"
#include "app/members/person.h"
#include "app/members/photos.h"

/* Both keep a photo that came with a form that they refuse: photo->kept is then what the form takes with it,
 * and brings back without the file (app/photos.h). */

/* returned → submitted; eligibility counts again. With the same `once` again: ST_OK and nothing more happens.
 */
enum status app_member_resubmit(struct ctx *c, const struct person_input *in, struct photo_input *photo,
                                struct str once) MUST_USE;
/* The clerk's, and of 协会直管 the association's; the employer stays. `version` as the form showed it:
 * ST_CONFLICT when someone was faster or it is no longer submitted. With the same `once` again: ST_OK and
 * nothing more happens. */
enum status app_member_correct(struct ctx *c, struct member_id id, const struct person_input *in,
                               struct photo_input *photo, bool bareheaded, int64_t version,
                               struct str once) MUST_USE;
/* 保存并推荐, 保存并退回: the clerk's correction and a decision, both or neither; ret_token finds its outcome
 * (app/members/outcomes.h). `in` NULL: nothing was typed. What stays as it was is not judged again.
 * ST_CONFLICT also when the rules forbid the decision. */
struct correct_and {
    struct member_id id;
    const struct person_input *in;
    bool bareheaded;
    int64_t version;
    const struct decision *then;
};
enum status app_member_correct_and(struct ctx *c, const struct correct_and *want, struct photo_input *photo,
                                   struct str once, struct str *ret_token) MUST_USE;
/* The association's, at any time and of anybody, with a reason; what was never filled in may stay so. Another
 * employer (in->company) with the day from which it is so; another ID number stands in 待复核. ST_CONFLICT
 * when somebody was faster. With the same `once` again: ST_OK and nothing more happens. */
struct member_edit {
    struct member_id id;
    const struct person_input *in;
    int64_t version;
    struct str reason;
    struct str id_number, effective_on; /* as typed; empty: stays */
};
enum status app_member_edit(struct ctx *c, const struct member_edit *edit, struct photo_input *photo,
                            struct str once) MUST_USE;
/* Judges and keeps the photo that came, and does nothing else: for 查找. What is wrong with it is in
 * c->problems. */
enum status app_member_photo_hold(struct ctx *c, struct member_id id, struct photo_input *photo) MUST_USE;
/* The picture of a token; ST_NOT_FOUND when it is not this account's, or about somebody else. */
enum status app_member_photo_kept(struct ctx *c, struct member_id id, struct str token,
                                  struct bytes *ret) MUST_USE;
/* What a form of it shows first. */
struct person_input person_input_of(struct ctx *c, const struct dossier *d);

#endif
