#include "app/members/history.h"

#include "app/core/cursor.h"

/* The trail of one person is short: it is read whole, up to here, and cut into pages in memory. */
#define HISTORY_ROWS 2000
#define ORDER        "history" /* of the cursors */

static struct events_shown of_kind(struct ctx *c, const struct events_shown *all, enum event_kind kind)
{
    struct events_shown some = {0};
    for (size_t i = 0; i < all->n; i++)
        if (kind == KIND_ANY || all->p[i].kind == kind) *ARENA_PUSH(c->arena, &some) = all->p[i];
    return some;
}

/* How many are newer than this entry. */
static size_t newer_than(const struct events_shown *events, int64_t number)
{
    size_t n = 0;
    while (n < events->n && events->p[n].number > number)
        n++;
    return n;
}

static size_t page_start(struct ctx *c, const struct events_shown *events, const struct page_want *want)
{
    struct day day;
    int64_t number;
    if (list_cursor_read(c, ORDER, want->after, &day, &number)) return newer_than(events, number - 1);
    if (!list_cursor_read(c, ORDER, want->before, &day, &number)) return 0;
    size_t end = newer_than(events, number), size = (size_t)want->size;
    return end > size ? end - size : 0;
}

static struct str cursor_at(struct ctx *c, const struct event_shown *e)
{
    return list_cursor(c, ORDER, DAY_NONE,
                       e->number); /* NOLINT(clang-analyzer-core.NullDereference): there is one */
}

enum status app_history_own(struct ctx *c, enum event_kind kind, const struct page_want *want,
                            struct history_page *ret)
{
    struct dossier d;
    struct events_shown all;
    TRY(need_side(c, SIDE_MEMBER));
    TRY(app_member_dossier(c, c->actor.member, &d));
    TRY(app_member_events(c, &d, 0, HISTORY_ROWS, &all));
    struct events_shown some = of_kind(c, &all, kind);
    size_t from = page_start(c, &some, want), size = (size_t)want->size;
    if (from > some.n) from = some.n;
    size_t n = some.n - from < size ? some.n - from : size;
    struct history_page page = {
        .events = {.p = some.p + from, .n = n}, .total = (int64_t)some.n, .total_open = all.more};
    if (from > 0 && n > 0) page.previous = cursor_at(c, &page.events.p[0]);
    if (from + n < some.n) page.next = cursor_at(c, &page.events.p[n - 1]);
    *ret = page;
    return ST_OK;
}
