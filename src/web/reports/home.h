/* 首页 of the association: numbers that open their lists. Whose roles have no lists sees what the roles are.
 */
#ifndef WEB_REPORTS_HOME_H
#define WEB_REPORTS_HOME_H

#include "web/core/frame.h"

struct number_view {
    struct str label;
    struct url url;
    int64_t count;
    int64_t days; /* the oldest of them has waited */
    bool urgent;
    int percent; /* of the highest, as a bar */
};
struct numbers_view {
    LIST(struct number_view);
};
struct bars_view {
    struct str caption;
    struct numbers_view rows;
};
struct home_view {
    struct frame frame;
    struct str today, roles;
    bool has_lists, first_start; /* first_start: it waits for who reads this */
    struct numbers_view cards, waiting;
    struct bars_view states, months;
    struct number_view submitted_long; /* for more than patience_days, by their companies */
    int64_t patience_days;
};

enum status page_staff_home(struct web *w);

#endif
