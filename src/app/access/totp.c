#include "app/access/totp.h"

#include "app/access/limits.h"
#include "app/core/check.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "crypto/onetime.h"
#include "crypto/token.h"
#include "crypto/totp.h"
#include "gen/queries.h"

#include <string.h>

static const char WRONG_CODE[] = "动态码不正确，或已经用过";

static enum status secret_open(struct ctx *c, const struct totp_full *row, const uint8_t **ret)
{
    struct str secret;
    TRY(vault_open(c, PLACE("totp", "secret_sealed", row->uid), row->secret_sealed, &secret));
    if (secret.n != TOTP_SECRET) return fail_detail(&c->fault, ST_BROKEN, "a second factor");
    *ret = (const uint8_t *)secret.p;
    return ST_OK;
}

/* An authenticator keeps the true time, also where the day of a demo is moved. */
static int64_t match(const struct ctx *c, const uint8_t *secret, struct str code, int64_t last)
{
    int64_t step = totp_match(secret, code, totp_step(c->now_ms), last);
    if (step || !day_is(c->app->fixed_today)) return step;
    return totp_match(secret, code, totp_step(clock_now_ms()), last);
}

/* Typed with blanks, hyphens and in any case. */
static struct bytes recovery_index(struct ctx *c, struct account_id account, struct str code)
{
    char text[64], *to = text;
    for (size_t i = 0; i < code.n && to < text + sizeof text; i++)
        if (code.p[i] != '-' && code.p[i] != ' ')
            *to++ = code.p[i] >= 'A' && code.p[i] <= 'Z' ? (char)(code.p[i] - 'A' + 'a') : code.p[i];
    struct str folded = {text, (size_t)(to - text)};
    return vault_index(c, INDEX_ACCOUNT,
                       arena_fmt(c->arena, "recovery|%ld|%.*s", (long)account.v, STR_ARG(folded)));
}

enum status totp_is_on(struct ctx *c, struct account_id account, bool *ret)
{
    struct totp_full row;
    enum status s = q_totp_of(c->db, c->arena, account, &row);
    *ret = s == ST_OK;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

enum status totp_take(struct ctx *c, struct account_id account, struct str code, bool *ret)
{
    struct totp_full row;
    const uint8_t *secret;
    int64_t rows = 0;
    TRY(q_totp_of(c->db, c->arena, account, &row));
    TRY(secret_open(c, &row, &secret));
    int64_t step = match(c, secret, code, row.last_step);
    if (step)
        TRY(q_totp_take_step(c->db, account, step, &rows));
    else
        TRY(q_recovery_take(c->db, account, recovery_index(c, account, code), c->now_ms, &rows));
    *ret = rows == 1;
    return ST_OK;
}

enum status app_totp(struct ctx *c, struct str token, struct totp_card *ret)
{
    uint8_t secret[TOTP_SECRET];
    struct recovery_left_row left;
    struct totp_card card = {.required = c->actor.roles & c->settings->totp_roles};
    TRY(need_side(c, SIDE_STAFF));
    TRY(app_read(c));
    TRY(totp_is_on(c, c->actor.account, &card.on));
    TRY(q_recovery_left(c->db, c->arena, c->actor.account, &left));
    card.left = left.n;
    totp_secret_for(c->app->keys, token_hash(c->arena, token), c->actor.account.v, secret);
    card.secret = totp_secret_text(c->arena, secret);
    explicit_bzero(secret, sizeof secret);
    *ret = card;
    return ST_OK;
}

static enum status wrong_code(struct ctx *c)
{
    problem_add(&c->problems, "code", "%s", WRONG_CODE);
    return ST_BAD_INPUT;
}

static enum status note(struct ctx *c, const char *event, struct str name)
{
    return audit_add(c, &(struct audit_note){.event = event, .note = name});
}

enum status app_totp_on(struct ctx *c, struct str token, struct str code, struct recovery_codes *ret)
{
    uint8_t secret[TOTP_SECRET];
    int64_t rows;
    struct recovery_codes codes = {0};
    struct bytes uid = uid_new(c->arena);
    TRY(need_side(c, SIDE_STAFF));
    totp_secret_for(c->app->keys, token_hash(c->arena, token), c->actor.account.v, secret);
    int64_t step = match(c, secret, code, 0);
    struct bytes sealed =
        vault_seal(c, PLACE("totp", "secret_sealed", uid), (struct str){(const char *)secret, TOTP_SECRET});
    explicit_bzero(secret, sizeof secret);
    if (!step) return wrong_code(c);
    TRY(app_begin(c));
    TRY(q_totp_insert(c->db, c->actor.account, uid, sealed, step, c->now_ms, &rows));
    if (!rows) return fail(&c->fault, ST_CONFLICT, "动态码已经开启");
    for (int i = 0; i < RECOVERY_CODES; i++) {
        struct str one = *ARENA_PUSH(c->arena, &codes) = one_time_password(c->arena);
        TRY(q_recovery_insert(c->db, c->actor.account, recovery_index(c, c->actor.account, one), NULL));
    }
    TRY(note(c, "account.totp_on", STR_NONE));
    TRY(app_commit(c));
    *ret = codes;
    return ST_OK;
}

static enum status forget(struct ctx *c, struct account_id account)
{
    TRY(q_recovery_delete(c->db, account, NULL));
    return q_totp_delete(c->db, account, NULL);
}

enum status app_totp_off(struct ctx *c, struct str code)
{
    bool on, good;
    const struct settings *s = c->settings;
    struct limit tries = {"totp", arena_fmt(c->arena, "%ld", (long)c->actor.account.v),
                          s->login_pair_failures, s->login_pair_minutes * MINUTE_MS};
    TRY(need_side(c, SIDE_STAFF));
    TRY(app_begin(c));
    TRY(limit_take(c, &tries, NULL));
    TRY(app_commit(c));
    TRY(app_begin(c));
    TRY(totp_is_on(c, c->actor.account, &on));
    if (!on) return fail(&c->fault, ST_CONFLICT, "动态码没有开启");
    TRY(totp_take(c, c->actor.account, code, &good));
    if (!good) {
        app_rollback(c);
        return wrong_code(c);
    }
    TRY(forget(c, c->actor.account));
    TRY(limit_clear(c, &tries));
    TRY(note(c, "account.totp_off", STR_NONE));
    return app_commit(c);
}

enum status app_totp_reset(struct ctx *c, struct account_id account)
{
    struct account_full row;
    TRY(need_role(c, ROLE_SYSTEM));
    TRY(app_begin(c));
    enum status s = q_account_by_id(c->db, c->arena, account, &row);
    if (s == ST_NOT_FOUND || (s == ST_OK && !str_eq(row.side, STR("staff")))) return not_found(c);
    TRY(s);
    TRY(forget(c, account));
    TRY(q_sessions_delete_of(c->db, account, NULL));
    TRY(note(c, "account.totp_reset", row.login));
    return app_commit(c);
}

#define ROWS_AT_ONCE 500

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct totp_fulls rows;
    TRY(q_totp_behind(c->db, c->arena, (struct account_id){*behind}, ROWS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const uint8_t *secret;
        *behind = rows.p[i].account_id.v;
        TRY(sealed_look(c, wrong, "totp of account", *behind, secret_open(c, &rows.p[i], &secret)));
    }
    *ret_more = rows.n == ROWS_AT_ONCE;
    return ST_OK;
}

enum status look_at_totp(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
