#include "web/batches/place.h"

#include "web/core/list.h"

#define REST STR("r")

static const struct {
    enum batch_stage stage;
    struct str label, colour;
} STAGES[] = {
    {STAGE_NONE, STR_INIT("全部"), STR_INIT("")},
    {STAGE_OPEN, STR_INIT("推荐中"), STR_INIT("submitted")},
    {STAGE_CLOSED, STR_INIT("等协会审批"), STR_INIT("recommended_new")},
    {STAGE_SCANNED, STR_INIT("已交盖章件"), STR_INIT("recommended_new")},
    {STAGE_DECIDED, STR_INIT("已办结"), STR_INIT("member")},
};
#define N_STAGES (sizeof STAGES / sizeof *STAGES)

struct str batch_stage_label(enum batch_stage stage)
{
    return STAGES[stage].label;
}

struct str batch_stage_colour(enum batch_stage stage)
{
    return STAGES[stage].colour;
}

struct str batch_decision_code(const struct batch_row *row)
{
    return row->decision.n ? row->decision : STR("waiting");
}

static struct batch_place place_read(struct web *w)
{
    struct str after = web_query(w, "after");
    struct batch_place place = {.rest = str_starts(after, REST)};
    bool good = str_int(place.rest ? str_sub(after, REST.n, after.n) : after, &place.below.v);
    return good && place.below.v > 0 ? place : (struct batch_place){0};
}

enum status batch_want_read(struct web *w, struct batch_want *ret)
{
    struct batch_want want = {.from = place_read(w), .size = list_page_read(&w->q->query).size};
    TRY(list_q_read(w, &w->q->query, &want.filter.q));
    if (!batch_stage_parse(web_query(w, "status"), &want.filter.stage))
        return fail(&w->c.fault, ST_BAD_INPUT, "没有这样的批次状态");
    *ret = want;
    return ST_OK;
}

static struct url with_filter(struct web *w, struct url list, const struct batch_want *want,
                              enum batch_stage stage)
{
    struct arena *a = w->q->arena;
    if (stage) list = url_query(a, list, {"status", str_from(batch_stage_code(stage))});
    if (want->filter.q.n) list = url_query(a, list, {"q", want->filter.q});
    return list_with_size(w, list, want->size);
}

struct url batch_next_url(struct web *w, struct url list, const struct batch_want *want,
                          struct batch_place next)
{
    if (!next.below.v) return (struct url){STR_NONE};
    struct str after = arena_fmt(w->q->arena, "%s%ld", next.rest ? REST.p : "", (long)next.below.v);
    return url_query(w->q->arena, with_filter(w, list, want, want->filter.stage), {"after", after});
}

struct batch_tabs_view batch_tabs(struct web *w, struct url list, const struct batch_want *want)
{
    struct batch_tabs_view tabs = {0};
    for (size_t i = 0; i < N_STAGES; i++) {
        if (STAGES[i].stage == STAGE_SCANNED) continue; /* nobody can be there before scans are taken */
        *ARENA_PUSH(w->q->arena, &tabs) = (struct batch_tab_view){
            .url = with_filter(w, list, want, STAGES[i].stage),
            .status = str_from(batch_stage_code(STAGES[i].stage)),
            .label = STAGES[i].label,
            .current = want->filter.stage == STAGES[i].stage,
        };
    }
    return tabs;
}
