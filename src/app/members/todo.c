#include "app/members/todo.h"

#include "app/companies/direct.h"
#include "app/core/counts.h"
#include "app/core/settings.h"
#include "domain/member.h"
#include "gen/queries.h"

#define DIRECT "direct_"

static struct str list_of(const struct ctx *c)
{
    return c->actor.side == SIDE_STAFF ? STR("/staff/members") : STR("/company/members");
}

/* Those whose end lies between: how many, and the earliest. */
static enum status ending(struct ctx *c, struct company_id company, struct day from, struct day to,
                          struct todo_found *ret)
{
    struct counts_rows rows;
    struct day end;
    struct str approved = str_from(member_stored_code(STORED_APPROVED));
    TRY(q_counts(c->db, c->arena, company, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!str_eq(rows.p[i].state, approved) || !day_parse(rows.p[i].period_end, &end)) continue;
        if (day_cmp(end, from) < 0 || day_cmp(end, to) > 0) continue;
        ret->count += rows.p[i].n;
        if (!day_is(ret->since) || day_cmp(end, ret->since) < 0) ret->since = end;
    }
    return ST_OK;
}

/* company: 0 is everybody's. An expired one waits since the day after the end, others since they got there.
 */
static enum status waiting(struct ctx *c, struct company_id company, enum member_state state,
                           struct todo_found *ret)
{
    struct member_counts counts;
    struct waiting_since_of_row oldest;
    struct str code = str_from(member_state_code(state));
    if (state == STATE_EXPIRED) return ending(c, company, DAY(1, 1, 1), day_add(c->today, -1), ret);
    TRY(member_counts_read(c, company, &counts));
    ret->count = counts.of[state];
    if (!ret->count) return ST_OK;
    if (company.v) {
        TRY(q_waiting_since_of(c->db, c->arena, company, code, &oldest));
    } else {
        struct waiting_since_row all;
        TRY(q_waiting_since(c->db, c->arena, code, &all));
        oldest.at = all.at;
    }
    ret->since = oldest.at ? day_at(oldest.at) : DAY_NONE;
    return ST_OK;
}

static enum status state_of(struct ctx *c, struct str word, enum member_state *ret)
{
    return member_state_parse(word, ret) ? ST_OK : fail_detail(&c->fault, ST_BROKEN, "a kind of 待办");
}

enum status todo_of_state(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    enum member_state state;
    struct todo_found f = {
        .list = arena_fmt(c->arena, "%.*s?status=%s&sort=waiting", STR_ARG(list_of(c)), kind->word)};
    TRY(state_of(c, str_from(kind->word), &state));
    TRY(waiting(c, c->actor.company, state, &f));
    *ret = f;
    return ST_OK;
}

enum status todo_of_direct(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    struct str word = str_sub(str_from(kind->word), sizeof DIRECT - 1, SIZE_MAX);
    struct company_id direct;
    enum member_state state;
    struct todo_found f = {0};
    TRY(state_of(c, word, &state));
    TRY(company_direct(c, &direct));
    TRY(waiting(c, direct, state, &f));
    f.list = arena_fmt(c->arena, "/staff/members?status=%.*s&company=%ld", STR_ARG(word), (long)direct.v);
    *ret = f;
    return ST_OK;
}

enum status todo_expiring(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct todo_found f = {0};
    struct day last = day_add(c->today, (int)c->settings->renewal_window_days);
    if (c->settings->renewal_window_days > 0) TRY(ending(c, c->actor.company, c->today, last, &f));
    f.since = DAY_NONE;
    f.list = arena_fmt(c->arena, "/company/members?status=member&expires_to=%.*s",
                       STR_ARG(day_str(c->arena, last)));
    *ret = f;
    return ST_OK;
}

enum status todo_unanswered(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct waiting_longer_row long_ago;
    struct str submitted = str_from(member_stored_code(STORED_SUBMITTED));
    struct todo_found f = {0};
    TRY(waiting(c, (struct company_id){0}, STATE_SUBMITTED, &f));
    TRY(q_waiting_longer(c->db, c->arena, submitted, instant_of(day_add(c->today, -TODO_PATIENCE_DAYS)),
                         &long_ago));
    f.count = long_ago.n;
    f.list = STR("/staff/members?status=submitted&sort=waiting");
    *ret = f;
    return ST_OK;
}
