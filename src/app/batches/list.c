#include "app/batches/list.h"

#include "app/core/like.h"
#include "domain/fold.h"
#include "gen/queries.h"

/* The parts of a list: for the company those that are open, for the association those that somebody waits in;
 * and the rest. */
static enum status part_read(struct ctx *c, struct batch_place from, size_t limit, struct batch_lines *ret)
{
    struct batch_id below = from.below.v ? from.below : (struct batch_id){INT64_MAX};
    if (c->actor.side == SIDE_COMPANY)
        return (from.rest ? q_batches_closed_of : q_batches_open_of)(c->db, c->arena, c->actor.company, below,
                                                                     (int64_t)limit, ret);
    return (from.rest ? q_batches_settled : q_batches_waiting)(c->db, c->arena, below, (int64_t)limit, ret);
}

static enum status found_read(struct ctx *c, const struct batch_filter *f, struct batch_id below,
                              size_t limit, struct batch_lines *ret)
{
    bool staff = c->actor.side == SIDE_STAFF;
    struct str q = staff ? name_fold(c->arena, f->q) : STR("");
    struct company_id company = staff ? (struct company_id){0} : c->actor.company;
    struct str part = q.n ? like_pattern(c->arena, q) : STR("%");
    if (!below.v) below.v = INT64_MAX;
    return q_batches_found(c->db, c->arena, company, str_from(batch_stage_code(f->stage)), part, below,
                           (int64_t)limit, ret);
}

static struct batch_lines joined(struct ctx *c, const struct batch_lines *a, const struct batch_lines *b)
{
    struct batch_lines all = {.p = ARENA_ARRAY(c->arena, a->n + b->n, struct batch_line), .n = a->n + b->n};
    for (size_t i = 0; i < all.n; i++)
        all.p[i] = i < a->n ? a->p[i] : b->p[i - a->n];
    return all;
}

static enum status parts_read(struct ctx *c, struct batch_place from, size_t limit, struct batch_lines *first,
                              struct batch_lines *rest)
{
    if (!from.rest) TRY(part_read(c, from, limit, first));
    struct batch_place below = from.rest ? from : (struct batch_place){.rest = true};
    if (first->n < limit) TRY(part_read(c, below, limit - first->n, rest));
    return ST_OK;
}

enum status app_batches_list(struct ctx *c, const struct batch_filter *f, struct batch_place from,
                             size_t limit, struct batch_lines *ret, struct batch_place *ret_next)
{
    struct batch_lines first = {0}, rest = {0};
    bool filtered = f->stage != STAGE_NONE || f->q.n;
    TRY(app_read(c));
    if (!c->actor.account.v || c->actor.side != SIDE_COMPANY) TRY(need_role(c, ROLES_READ_LISTS));
    /* One more tells whether the list goes on. */
    if (filtered)
        TRY(found_read(c, f, from.below, limit + 1, &rest));
    else
        TRY(parts_read(c, from, limit + 1, &first, &rest));
    struct batch_lines lines = joined(c, &first, &rest);
    *ret_next = (struct batch_place){0};
    if (lines.n > limit) {
        lines.n = limit;
        *ret_next = (struct batch_place){lines.p[limit - 1].id, limit > first.n};
    }
    *ret = lines;
    return ST_OK;
}
