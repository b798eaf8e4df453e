#include "app/members/plan.h"

#include "app/members/gather.h"
#include "base/text.h"

enum status walk_plan(struct ctx *c, const struct member_filter *f, struct walk *ret)
{
    struct walk w;
    TRY(walk_of(c, f, &w));
    if (asks_approval(f) && !text_clean(c->arena, f->q).n && !f->company.v) TRY(gather_approved(c, &w));
    *ret = w;
    return ST_OK;
}

enum status walk_plan_sorted(struct ctx *c, const struct member_filter *f, enum member_sort sort,
                             struct walk *ret)
{
    static const enum path PATHS[SORT_COUNT] = {
        [SORT_EXPIRY] = PATH_EXPIRY, [SORT_NAME] = PATH_NAME, [SORT_WAITING] = PATH_WAITING};
    bool by_end = day_is(f->expires_from) || day_is(f->expires_to);
    TRY(walk_plan(c, f, ret));
    if (sort == SORT_USUAL || sort == ret->sort) return ST_OK;
    if (f->company.v || ret->sifted || ret->path == PATH_GATHERED || by_end)
        return gather_sorted(c, ret, sort);
    ret->sort = sort;
    ret->sifted = ret->path == PATH_ENDING; /* stored is approved: of two states */
    ret->path = sort != SORT_NEWEST ? PATHS[sort] : f->state == STATE_NONE ? PATH_NEWEST : PATH_STATE;
    return ST_OK;
}
