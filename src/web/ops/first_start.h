/* 首次启动: step by step. */
#ifndef WEB_OPS_FIRST_START_H
#define WEB_OPS_FIRST_START_H

#include "web/core/form.h"
#include "web/core/frame.h"

struct first_step_view {
    struct str code, title;
    struct url url;
    bool done, current;
    int number;
};
struct first_step_views {
    LIST(struct first_step_view);
};
struct first_field_view {
    struct str name, title, what, rule, unit, value, error;
    struct options_view options; /* of boxes to tick */
    bool is_fields, is_number, focus;
    int64_t most;
};
struct first_field_views {
    LIST(struct first_field_view);
};
struct first_start_view {
    struct frame frame;
    struct first_step_views steps;
    struct str code, title, lead;
    struct first_field_views fields;
    struct url later; /* the next step, this one left open */
    int done, wrong;
    bool finished, accounts;
};

enum status page_staff_setup(struct web *w);
enum status post_staff_setup(struct web *w);

#endif
