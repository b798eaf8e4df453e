#include "app/sessions.h"

#include "app/audit.h"
#include "app/housekeeping.h"
#include "app/limits.h"
#include "crypto/token.h"
#include "gen/queries.h"

#define TOUCH_MS MINUTE_MS /* seen_at is written at most so often */

static const struct {
    int64_t idle_ms, absolute_ms;
} LIVES[] = {
    [SIDE_MEMBER] = {30 * MINUTE_MS, 8 * HOUR_MS},
    [SIDE_COMPANY] = {30 * MINUTE_MS, 8 * HOUR_MS},
    [SIDE_STAFF] = {15 * MINUTE_MS, 4 * HOUR_MS},
};

enum status app_session_find(struct ctx *c, struct str token)
{
    struct session_by_token_row row;
    enum side side;
    enum status s = q_session_by_token(c->db, c->arena, token_hash(c->arena, token), &row);
    if (s == ST_NOT_FOUND) return ST_OK;
    if (s) return s;
    if (!side_parse(row.side, &side)) return fail_detail(&c->fault, ST_BROKEN, "side of an account");
    if (c->now_ms - row.seen_at > LIVES[side].idle_ms || c->now_ms - row.created_at > LIVES[side].absolute_ms) return ST_OK;
    c->actor = (struct actor){
        .side = side,
        .account = row.account_id,
        .member = row.member_id,
        .company = row.company_id,
        .roles = (unsigned)row.roles,
        .main = row.main,
        .must_change = row.must_change,
        .name = row.name,
        .company_name = row.company_name,
        .member_state = row.member_state,
    };
    if (c->now_ms - row.seen_at > TOUCH_MS) housekeeping_seen(c->app->housekeeping, row.id);
    return ST_OK;
}

enum status session_start(struct ctx *c, struct account_id account, struct str *ret_token)
{
    struct str token = token_make(c->arena);
    TRY(q_session_insert(c->db, token_hash(c->arena, token), account, c->now_ms, NULL));
    *ret_token = token;
    return ST_OK;
}

int64_t session_idle_ms(enum side side)
{
    return LIVES[side].idle_ms;
}

enum status app_logout(struct ctx *c, struct str token)
{
    TRY(app_begin(c));
    TRY(q_session_delete(c->db, token_hash(c->arena, token), NULL));
    TRY(audit_add(c, &(struct audit_note){.event = "account.logout",
                                          .about = {.member = c->actor.member},
                                          .company = c->actor.company}));
    return app_commit(c);
}
