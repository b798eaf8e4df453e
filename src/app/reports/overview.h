/* 首页 of the association: how many people are in which state, and what waits. From counters and one narrow
 * index: the same cost whatever the number of members. */
#ifndef APP_REPORTS_OVERVIEW_H
#define APP_REPORTS_OVERVIEW_H

#include "app/members/list.h"

#define OVERVIEW_MONTHS        12
#define OVERVIEW_EXPIRING_DAYS 90 /* 即将到期 */
#define OVERVIEW_PATIENCE_DAYS 30 /* a submitted application older than this waits too long */

/* 正式会员 whose period ends between these days, both inclusive. */
struct expiring {
    struct day from, to;
    int64_t people;
};

struct overview {
    struct member_counts counts;
    int64_t companies;
    int64_t new_days, renewal_days; /* how long the oldest recommendation of the kind has waited */
    int64_t submitted_long; /* people whose company has not answered for more than OVERVIEW_PATIENCE_DAYS */
    struct expiring soon;
    struct expiring months[OVERVIEW_MONTHS]; /* this one, from today, and the next ones */
};

/* For membership and viewer. */
enum status app_overview(struct ctx *c, struct overview *ret) MUST_USE;

#endif
