/* 历史动态: what happened to the person who is logged in, page by page. */
#ifndef APP_MEMBERS_HISTORY_H
#define APP_MEMBERS_HISTORY_H

#include "app/members/page.h"

struct history_page {
    struct events_shown events;
    struct str next, previous; /* cursors, or none */
    int64_t total;             /* of this kind */
    bool total_open;           /* there are more than that */
};
enum status app_history_own(struct ctx *c, enum event_kind kind, const struct page_want *want,
                            struct history_page *ret) MUST_USE;

#endif
