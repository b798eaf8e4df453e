/* 修改资料, the association's: any fact of a person, with its reason, which the person sees. */
#ifndef WEB_MEMBERS_STAFF_EDIT_H
#define WEB_MEMBERS_STAFF_EDIT_H

#include "web/core/frame.h"
#include "web/members/person_form.h"

struct staff_edit_view {
    struct frame frame;
    struct person_form form;
    struct fields_view special;                                   /* ID number, the day of another employer */
    struct str name, state, once, reason, reason_error, conflict; /* conflict: somebody was faster; or none */
    struct url page;                                              /* the person's */
    int64_t version, reason_max;
    bool sent; /* what stands here was typed */
};

enum status page_staff_member_edit(struct web *w, struct member_id id); /* GET /staff/members/{id}?edit=1 */
enum status post_staff_correct(struct web *w);
enum status post_staff_member(struct web *w);

#endif
