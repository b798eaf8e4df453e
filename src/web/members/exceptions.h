/* 入会例外: who may register although the rules of eligibility say no. */
#ifndef WEB_MEMBERS_EXCEPTIONS_H
#define WEB_MEMBERS_EXCEPTIONS_H

#include "app/members/exceptions.h"
#include "web/core/form.h"
#include "web/core/list.h"

struct exception_row_view {
    int64_t id;
    struct str id_number, reason, who, at;
    struct url person; /* none: not registered yet */
    bool in_force;
};
struct exception_rows_view {
    LIST(struct exception_row_view);
};
struct exceptions_view {
    struct frame frame;
    struct str once, nothing;
    struct fields_view fields;
    struct exception_rows_view rows;
    struct pager_view pager;
    bool saved, open; /* open: the form is */
    int wrong;
};

enum status page_staff_exceptions(struct web *w);
enum status post_staff_exceptions(struct web *w);

#endif
