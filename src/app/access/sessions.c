#include "app/access/sessions.h"

#include "app/access/adrift.h"
#include "app/access/limits.h"
#include "app/core/check.h"
#include "app/core/housekeeping.h"
#include "app/core/kept.h"
#include "app/core/ledger.h"
#include "app/core/privacy.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "crypto/token.h"
#include "domain/device.h"
#include "domain/password_life.h"
#include "gen/queries.h"

#include <string.h>

#define TOKEN_SIZE 44        /* characters and a NUL: crypto/token.h */
#define TOUCH_MS   MINUTE_MS /* seen_at is written at most so often */

static const struct {
    int64_t idle_ms, absolute_ms;
} LIVES[] = {
    [SIDE_MEMBER] = {30 * MINUTE_MS, 8 * HOUR_MS},
    [SIDE_COMPANY] = {30 * MINUTE_MS, 8 * HOUR_MS},
    [SIDE_STAFF] = {15 * MINUTE_MS, 4 * HOUR_MS},
};

/* Who holds a token. */
struct session_entry {
    struct session_id id;
    int64_t created_at, seen_at;
    struct day judged_on; /* the day of which must_change and must_consent hold */
    struct actor actor;
};

/* The same without pointers, for all requests: of the actor's texts only the lengths. */
struct session_kept {
    struct session_entry entry;
    char name[192], company[192], state[32];
};

void sessions_open(struct app *app)
{
    app->sessions = kept_new(4096, TOKEN_SIZE - 1, sizeof(struct session_kept));
}

static bool kept_read(struct ctx *c, struct str token, int64_t version, struct session_entry *ret)
{
    struct session_kept kept;
    if (!kept_find(c->app->sessions, token.p, version, &kept) || day_cmp(kept.entry.judged_on, c->today) != 0)
        return false;
    struct actor *a = &kept.entry.actor;
    a->name = arena_str(c->arena, (struct str){a->name.p ? kept.name : NULL, a->name.n});
    a->company_name =
        arena_str(c->arena, (struct str){a->company_name.p ? kept.company : NULL, a->company_name.n});
    a->member_state =
        arena_str(c->arena, (struct str){a->member_state.p ? kept.state : NULL, a->member_state.n});
    *ret = kept.entry;
    return true;
}

/* False: it does not fit. */
static bool put(char *to, size_t room, struct str s)
{
    if (s.n > room) return false;
    if (s.n) memcpy(to, s.p, s.n);
    return true;
}

static void keep(struct ctx *c, struct str token, int64_t version, const struct session_entry *e)
{
    struct session_kept kept = {.entry = *e};
    if (put(kept.name, sizeof kept.name, e->actor.name) &&
        put(kept.company, sizeof kept.company, e->actor.company_name) &&
        put(kept.state, sizeof kept.state, e->actor.member_state))
        kept_keep(c->app->sessions, token.p, version, &kept);
}

/* In the table, or adrift while the disk is full. */
static enum status session_row(struct ctx *c, struct str token, struct session_full *ret)
{
    struct adrift_session a;
    struct bytes hash = token_hash(c->arena, token);
    enum status s = q_session_by_token(c->db, c->arena, hash, ret);
    if (s != ST_NOT_FOUND || !adrift_find(c, hash, &a)) return s;
    return q_session_of_account(c->db, c->arena, a.account, a.password, a.since, a.seen, ret);
}

static bool password_is_old(const struct ctx *c, const struct session_full *row, enum side side)
{
    struct password_terms terms = {.age_days = c->settings->password_days[side]};
    return password_life((enum password_origin)row->onetime, day_at(row->password_at), c->today, terms) ==
           LIFE_OLD;
}

static enum status session_read(struct ctx *c, struct str token, struct session_entry *ret)
{
    struct session_full row;
    enum side side;
    TRY(session_row(c, token, &row));
    if (!side_parse(row.side, &side)) return fail_detail(&c->fault, ST_BROKEN, "side of an account");
    bool due = false, old = password_is_old(c, &row, side);
    if (side != SIDE_STAFF) TRY(consent_is_due(c, row.account_id, &due));
    *ret = (struct session_entry){
        .id = row.id, .created_at = row.created_at, .seen_at = row.seen_at, .judged_on = c->today};
    ret->actor = (struct actor){
        .side = side,
        .account = row.account_id,
        .member = row.member_id,
        .company = row.company_id,
        .roles = (unsigned)row.roles,
        .main = row.main,
        .view_only = row.view_only,
        .adrift = !row.id.v,
        .proved_at = row.proved_at,
        .must_consent = due,
        .must_change = row.must_change || old,
        .password_old = old && !row.must_change,
        .must_totp = !row.has_totp && side == SIDE_STAFF && ((unsigned)row.roles & c->settings->totp_roles),
        .name = row.name,
        .company_name = row.company_name,
        .member_state = row.member_state,
    };
    csrf_of(c->app->keys, token, &ret->actor.csrf);
    return ST_OK;
}

bool session_is_over(const struct ctx *c, enum side side, int64_t since, int64_t seen)
{
    return c->now_ms - seen > LIVES[side].idle_ms || c->now_ms - since > LIVES[side].absolute_ms;
}

static bool is_over(const struct ctx *c, const struct session_entry *e)
{
    return session_is_over(c, e->actor.side, e->created_at, e->seen_at);
}

enum status app_session_ended(struct ctx *c, struct str token, struct actor *ret)
{
    struct session_entry e;
    TRY(app_read(c));
    TRY(session_read(c, token, &e));
    int64_t idle_end = e.seen_at + LIVES[e.actor.side].idle_ms;
    int64_t whole_end = e.created_at + LIVES[e.actor.side].absolute_ms;
    int64_t ended = idle_end < whole_end ? idle_end : whole_end;
    if (!is_over(c, &e) || c->now_ms - ended > DAY_MS) return ST_NOT_FOUND;
    *ret = e.actor;
    return ST_OK;
}

static void seen(struct ctx *c, struct str token, int64_t version, struct session_entry *e)
{
    if (c->now_ms - e->seen_at <= TOUCH_MS) return;
    if (e->actor.adrift) {
        adrift_seen(c, token_hash(c->arena, token));
        return;
    }
    housekeeping_seen(c->app->housekeeping, e->id);
    e->seen_at = c->now_ms;
    keep(c, token, version, e);
}

enum status app_session_find(struct ctx *c, struct str token)
{
    struct session_entry e;
    int64_t version;
    if (token.n != TOKEN_SIZE - 1) return ST_OK;
    TRY(data_version(c, &version));
    bool kept = kept_read(c, token, version, &e);
    /* When it was last seen is no change of the data: another server may have seen it since. */
    if (!kept || is_over(c, &e)) {
        enum status s = session_read(c, token, &e);
        if (s == ST_NOT_FOUND) return ST_OK;
        if (s) return s;
        if (!e.actor.adrift) keep(c, token, version, &e);
    }
    if (is_over(c, &e)) return ST_OK;
    c->actor = e.actor;
    seen(c, token, version, &e);
    return ST_OK;
}

/* The token is random: its hash names the row. */
static struct seal_place place(const char *column, struct bytes token_hash)
{
    return PLACE("session", column, ((struct bytes){token_hash.p, SEAL_UID_SIZE}));
}

enum status session_start(struct ctx *c, struct account_id account, int64_t before_at, int64_t failures,
                          struct str *ret_token)
{
    struct str token = token_make(c->arena);
    struct bytes hash = token_hash(c->arena, token);
    struct session_insert_in in = {
        .token_hash = hash,
        .account = account,
        .since = c->now_ms,
        .seen = c->now_ms,
        .device_sealed = vault_seal(c, place("device_sealed", hash), device_label(c->arena, c->device)),
        .address_sealed = vault_seal(c, place("address_sealed", hash), str_or_empty(c->address)),
        .before = before_at,
        .failures = failures,
    };
    TRY(q_session_insert(c->db, &in, NULL));
    *ret_token = token;
    return ST_OK;
}

int64_t session_idle_ms(enum side side)
{
    return LIVES[side].idle_ms;
}

enum status session_source(struct ctx *c, const struct session_line *row, struct session_source *ret)
{
    struct session_source from = {STR(""), STR("")};
    if (row->device_sealed.n)
        TRY(vault_open(c, place("device_sealed", row->token_hash), row->device_sealed, &from.device));
    if (row->address_sealed.n)
        TRY(vault_open(c, place("address_sealed", row->token_hash), row->address_sealed, &from.address));
    *ret = from;
    return ST_OK;
}

#define SESSIONS_AT_ONCE 500

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct session_lines rows;
    TRY(q_sessions_behind(c->db, c->arena, (struct session_id){*behind}, SESSIONS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct session_source from;
        *behind = rows.p[i].id.v;
        TRY(sealed_look(c, wrong, "session", *behind, session_source(c, &rows.p[i], &from)));
    }
    *ret_more = rows.n == SESSIONS_AT_ONCE;
    return ST_OK;
}

enum status look_at_sessions(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}

enum status session_start_adrift(struct ctx *c, struct str password, struct str *ret_token)
{
    struct str token = token_make(c->arena);
    TRY(adrift_login(c, token_hash(c->arena, token), password));
    *ret_token = token;
    return ST_OK;
}

static enum status logout(struct ctx *c, struct bytes token_hash)
{
    TRY(app_begin(c));
    TRY(q_session_delete(c->db, token_hash, NULL));
    TRY(audit_add(c, &(struct audit_note){.event = "account.logout",
                                          .about = {.member = c->actor.member},
                                          .company = c->actor.company}));
    return app_commit(c);
}

enum status app_logout(struct ctx *c, struct str token)
{
    struct bytes hash = token_hash(c->arena, token);
    enum status s = logout(c, hash);
    if (!c->actor.adrift || !adrift_takes_over(c, s)) return s;
    adrift_logout(c, hash);
    return ST_OK;
}
