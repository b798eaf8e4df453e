#include "app/members/sorted.h"

#include "app/members/order.h"
#include "gen/queries.h"

#include <string.h>

#define LAST_ID ((struct member_id){INT64_MAX})

void lines_append(struct member_lines *all, const struct member_lines *more)
{
    if (more->n) memcpy(all->p + all->n, more->p, more->n * sizeof *more->p);
    all->n += more->n;
}

/* Those with an end, then those without. */
static enum status expiring(struct ctx *c, struct str state, struct spot from, int64_t limit,
                            struct member_lines *ret)
{
    struct member_lines more;
    struct member_id above = from.id;
    if (day_cmp(from.end, NO_END) < 0) {
        TRY(q_members_ending(c->db, c->arena, state, from.end, from.id, LAST_DAY, limit, &more));
        lines_append(ret, &more);
        above = (struct member_id){0};
    }
    if ((int64_t)ret->n >= limit) return ST_OK;
    TRY(q_members_endless(c->db, c->arena, state, above, limit - (int64_t)ret->n, &more));
    lines_append(ret, &more);
    return ST_OK;
}

static enum status expiring_back(struct ctx *c, struct str state, struct spot from, int64_t limit,
                                 struct member_lines *ret)
{
    struct member_lines more;
    struct member_id below = from.id;
    struct day end = from.end;
    if (day_cmp(from.end, NO_END) >= 0) {
        TRY(q_members_endless_back(c->db, c->arena, state, from.id, limit, &more));
        lines_append(ret, &more);
        below = LAST_ID;
        end = LAST_DAY;
    }
    if ((int64_t)ret->n >= limit) return ST_OK;
    TRY(q_members_ending_back(c->db, c->arena, state, FIRST_DAY, end, below, limit - (int64_t)ret->n, &more));
    lines_append(ret, &more);
    return ST_OK;
}

/* One stored state; `ret` is empty and has room. */
static enum status of_state(struct ctx *c, const struct walk *w, struct str state, struct spot from,
                            bool back, int64_t limit, struct member_lines *ret)
{
    struct member_lines some;
    if (w->path == PATH_EXPIRY)
        return back ? expiring_back(c, state, from, limit, ret) : expiring(c, state, from, limit, ret);
    if (w->path == PATH_NAME)
        TRY(back ? q_members_named_back(c->db, c->arena, state, from.name, from.id, limit, &some)
                 : q_members_named(c->db, c->arena, state, from.name, from.id, limit, &some));
    else
        TRY(back ? q_members_waiting_back(c->db, c->arena, state, from.since, from.id, limit, &some)
                 : q_members_waiting(c->db, c->arena, state, from.since, from.id, limit, &some));
    lines_append(ret, &some);
    return ST_OK;
}

enum status sorted_step(struct ctx *c, const struct walk *w, struct spot from, bool back, int64_t limit,
                        struct member_lines *ret)
{
    bool one = w->filter->state != STATE_NONE;
    enum member_stored first = one ? w->range.stored : STORED_SUBMITTED;
    enum member_stored last = one ? w->range.stored : STORED_CLOSED;
    struct member_lines all = {.p = ARENA_ARRAY(c->arena, STORED_COUNT * (size_t)limit, struct member_line)};
    for (enum member_stored stored = first; stored <= last; stored++) {
        struct member_lines some = {.p = ARENA_ARRAY(c->arena, (size_t)limit, struct member_line)};
        TRY(of_state(c, w, str_from(member_stored_code(stored)), from, back, limit, &some));
        lines_append(&all, &some);
    }
    lines_sort(w, &all, back);
    if (all.n > (size_t)limit) all.n = (size_t)limit;
    *ret = all;
    return ST_OK;
}
