#include "web/batches/seen.h"

struct batch_seen_view batch_seen(struct web *w, const struct batch_sheet *s)
{
    enum batch_stage stage = batch_stage_of(s->batch.closed_at != 0, s->undecided);
    int64_t asked = 0;
    if (!str_int(web_query(w, "print"), &asked) || asked < 1 || asked >= s->last.number) asked = 0;
    return (struct batch_seen_view){
        .number = s->batch.number,
        .stage = str_from(batch_stage_code(stage)),
        .code = s->last.number ? s->last.check_code : s->code,
        .match = str_from(batch_match_code(s->match)),
        .stage_label = batch_stage_label(stage),
        .printed = s->last.number ? str_sub(instant_str(w->q->arena, s->last.printed_at), 0,
                                            sizeof "2026-11-23 16:05" - 1)
                                  : STR_NONE,
        .unprintable = s->unprintable,
        .prints = s->last.number,
        .asked = asked,
        .agrees = s->match == MATCH_YES,
        .facts = s->match == MATCH_FACTS,
        .people = s->match == MATCH_PEOPLE,
    };
}
