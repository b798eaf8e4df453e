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
static struct str result_of(struct web *w, const struct event_shown *e)
{
    const struct period_full *p = e->opened;
    struct arena *a = w->q->arena;
    if (!str_eq(e->result, STR("ok"))) return STR("未成功");
    if (!p) return STR("");
    struct str first = day_str(a, p->start_day), last = day_str(a, p->end_day);
    struct str number = p->document_no.n ? arena_fmt(a, "，文号 %.*s", STR_ARG(p->document_no)) : STR("");
    return arena_fmt(a, "会员有效期 %.*s 至 %.*s%.*s", STR_ARG(first), STR_ARG(last), STR_ARG(number));
}

struct timeline_view timeline_view(struct web *w, const struct events_shown *events)
{
    struct timeline_view v = {0};
    for (size_t i = 0; i < events->n; i++) {
        const struct event_shown *e = &events->p[i];
        *ARENA_PUSH(w->q->arena, &v) = (struct entry_view){
            .day = day_at(e->at),
            .at = minute_str(w, e->at),
            .title = e->title,
            .result = result_of(w, e),
            .by = e->by_system ? STR("系统") : side_word(e->by),
            .note = e->note,
            .who = e->who,
            .changes = e->changes,
        };
    }
    return v;
}
