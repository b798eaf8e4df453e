/* The time line of a person: 历史动态, 经过, 记录. */
#ifndef WEB_MEMBERS_TIMELINE_H
#define WEB_MEMBERS_TIMELINE_H

#include "app/members/page.h"
#include "web/core/web.h"

struct entry_view {
    struct day day;
    struct str at; /* 2026-11-20 09:30 */
    struct str title, result;
    struct day first, last; /* of the period that it opened, under this 文号; or none */
    struct str document_no;
    struct str by, note, who; /* who: to the association only */
    struct changes changes;
};
struct timeline_view {
    LIST(struct entry_view);
};
struct timeline_view timeline_view(struct web *w, const struct events_shown *events);

/* An instant to the minute, in UTC+8. */
struct str minute_str(struct web *w, int64_t ms);
/* 本人, 单位, 协会. */
struct str side_word(enum side side);

#endif
