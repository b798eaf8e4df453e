#include "app/access/sessions.h"

#include "app/access/limits.h"
#include "app/core/cache.h"
#include "app/core/housekeeping.h"
#include "app/core/ledger.h"
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

static enum status session_read(struct ctx *c, struct str token, struct session_entry *ret)
{
    struct session_by_token_row row;
    enum side side;
    TRY(q_session_by_token(c->db, c->arena, token_hash(c->arena, token), &row));
    if (!side_parse(row.side, &side)) return fail_detail(&c->fault, ST_BROKEN, "side of an account");
    *ret = (struct session_entry){.id = row.id, .created_at = row.created_at, .seen_at = row.seen_at};
    ret->actor = (struct actor){
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
    csrf_of(c->app->keys, token, &ret->actor.csrf);
    return ST_OK;
}

static bool is_over(const struct ctx *c, const struct session_entry *e)
{
    return c->now_ms - e->seen_at > LIVES[e->actor.side].idle_ms ||
           c->now_ms - e->created_at > LIVES[e->actor.side].absolute_ms;
}

static void seen(struct ctx *c, struct str token, const struct session_entry *e)
{
    if (c->now_ms - e->seen_at <= TOUCH_MS) return;
    housekeeping_seen(c->app->housekeeping, e->id);
    cache_session_seen(c->app->cache, token, c->now_ms);
}

enum status app_session_find(struct ctx *c, struct str token)
{
    struct session_entry e;
    int64_t version;
    TRY(data_version(c, &version));
    bool kept = cache_session_find(c->app->cache, c->arena, token, version, &e);
    /* When it was last seen is no change of the data: another server may have seen it since. */
    if (!kept || is_over(c, &e)) {
        enum status s = session_read(c, token, &e);
        if (s == ST_NOT_FOUND) return ST_OK;
        if (s) return s;
        cache_session_keep(c->app->cache, token, version, &e);
    }
    if (is_over(c, &e)) return ST_OK;
    c->actor = e.actor;
    seen(c, token, &e);
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
