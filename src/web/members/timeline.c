#include "web/members/timeline.h"

struct str minute_str(struct web *w, int64_t ms)
{
    return str_sub(instant_str(w->q->arena, ms), 0, sizeof "2026-11-20 09:30" - 1);
}

struct str side_word(enum side side)
{
    static const char *const WORDS[] = {
        [SIDE_MEMBER] = "本人", [SIDE_COMPANY] = "单位", [SIDE_STAFF] = "协会"};
    return str_from(WORDS[side]);
}

/* What came of it, where the title does not say it. */
static void add_result(struct entry_view *v, const struct event_shown *e)
{
    const struct period_full *p = e->opened;
    if (!str_eq(e->result, STR("ok"))) {
        v->result = STR("未成功");
    } else if (p) {
        v->first = p->start_day;
        v->last = p->end_day;
        v->document_no = p->document_no;
    }
}

struct timeline_view timeline_view(struct web *w, const struct events_shown *events)
{
    struct timeline_view v = {0};
    for (size_t i = 0; i < events->n; i++) {
        const struct event_shown *e = &events->p[i];
        struct entry_view entry = {
            .day = day_at(e->at),
            .at = minute_str(w, e->at),
            .title = e->title,
            .by = e->by_system ? STR("系统") : side_word(e->by),
            .note = e->note,
            .who = e->who,
            .changes = e->changes,
        };
        add_result(&entry, e);
        *ARENA_PUSH(w->q->arena, &v) = entry;
    }
    return v;
}
