#include "app/access/accounts.h"

#include "app/access/history.h"
#include "app/access/kept.h"
#include "app/access/limits.h"
#include "app/access/sessions.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/trail.h"
#include "app/core/upgrade.h"
#include "app/core/vault.h"
#include "crypto/onetime.h"
#include "crypto/password.h"
#include "crypto/token.h"
#include "domain/password.h"
#include "gen/queries.h"

void password_check_new(struct problems *ps, enum side side, struct str account, struct str password,
                        struct str again)
{
    enum password_error wrong = password_check(password, account, side);
    if (wrong != PASSWORD_OK)
        problem_add(ps, "password", "%s", password_error_text(wrong));
    else if (!str_eq(password, again))
        problem_add(ps, "password_again", "两次输入的密码不一致");
}

enum status account_hash(struct ctx *c, struct str password, struct str *ret)
{
    return password_hash(c->app->keys, c->arena, password, &c->fault, ret);
}

/* Side and login are an account's for good, and known before its id is. */
static struct seal_place account_place(struct ctx *c, const char *column, struct str side, struct str login)
{
    struct str name = arena_fmt(c->arena, "%.*s|%.*s", STR_ARG(side), STR_ARG(login));
    struct bytes uid = sha256_of(c->arena, str_bytes(name));
    uid.n = SEAL_UID_SIZE;
    return PLACE("account", column, uid);
}

struct str account_password_seal(struct ctx *c, struct str side, struct str login, struct str hash)
{
    return password_seal(c->app->keys, c->arena, account_place(c, "password", side, login), hash);
}

enum status account_password_open(struct ctx *c, struct str side, struct str login, struct str sealed,
                                  struct str *ret_hash)
{
    return password_unseal(c->app->keys, c->arena, account_place(c, "password", side, login), sealed,
                           &c->fault, ret_hash);
}

struct bytes account_mobile_seal(struct ctx *c, struct str side, struct str login, struct str mobile)
{
    return vault_seal(c, account_place(c, "mobile_sealed", side, login), mobile);
}

enum status account_mobile_open(struct ctx *c, const struct account_full *account, struct str *ret)
{
    if (!account->mobile_sealed.n) return ST_OK;
    return vault_open(c, account_place(c, "mobile_sealed", account->side, account->login),
                      account->mobile_sealed, ret);
}

struct str account_password(struct ctx *c, const struct account_full *account)
{
    struct str hash = STR_NONE;
    struct ctx quiet = *c; /* that it does not open is for doctor to say: here it is a wrong password */
    enum status s = account_password_open(&quiet, account->side, account->login, account->password, &hash);
    return s == ST_OK ? hash : STR_NONE;
}

enum status account_words(struct ctx *c, const struct account_full *account, struct str *ret)
{
    struct member_sealed_unscoped_row sealed;
    struct company_full company;
    if (account->main) {
        TRY(q_company_by_id_unscoped(c->db, c->arena, account->company_id, &company));
        *ret = company.name;
        return ST_OK;
    }
    if (!account->member_id.v) {
        *ret = account->name;
        return account_mobile_open(c, account, ret);
    }
    TRY(q_member_sealed_unscoped(c->db, c->arena, account->member_id, &sealed));
    return vault_open(c, PLACE("member", "id_sealed", sealed.uid), sealed.id_sealed, ret);
}

/* Whoever sits at an open session must not find the password out either: counted as a login is. */
static enum status check_current(struct ctx *c, const struct account_full *account, struct str current,
                                 const char *event, const char *field, struct limit *ret)
{
    const struct settings *s = c->settings;
    struct limit tries = {"password", arena_fmt(c->arena, "%ld", (long)account->id.v), s->login_pair_failures,
                          s->login_pair_minutes * MINUTE_MS};
    TRY(app_begin(c));
    TRY(limit_take(c, &tries, NULL));
    TRY(app_commit(c));
    *ret = tries;
    if (password_verify(c->app->keys, account_password(c, account), current)) return ST_OK;
    problem_add(&c->problems, field, "当前密码不正确");
    TRY(audit_add_alone(c, &(struct audit_note){.event = event,
                                                .result = "refused",
                                                .about = {.member = account->member_id},
                                                .company = account->company_id}));
    return ST_BAD_INPUT;
}

/* That the current one was right is known by now: nothing of it counts as a guess. */
static enum status check_unused(struct ctx *c, const struct account_full *account, struct str password,
                                const struct limit *tries)
{
    bool used;
    TRY(password_was_used(c, account, password, &used));
    if (!used) return ST_OK;
    TRY(app_begin(c));
    TRY(limit_clear(c, tries));
    TRY(app_commit(c));
    problem_add(&c->problems, "password", "最近用过的 %ld 个密码不能再用，请换一个",
                (long)c->settings->password_history);
    return ST_BAD_INPUT;
}

static enum status change_to(struct ctx *c, const struct account_full *account, const struct limit *tries,
                             struct str hash, struct str *ret_token)
{
    int64_t companies = 1, changed;
    struct str token;
    TRY(app_begin(c));
    if (account->company_id.v) TRY(q_company_hold_enabled(c->db, account->company_id, &companies));
    TRY(q_account_change_password(c->db, account->id, account->password, hash, c->now_ms, &changed));
    if (!companies || !changed)
        return fail(&c->fault, ST_CONFLICT, "密码刚刚已被修改，本次没有保存，请用新密码登录");
    TRY(password_remember(c, account, account_password(c, account)));
    TRY(q_lost_passwords_end_of(c->db, account->id, c->now_ms, NULL));
    TRY(q_sessions_delete_of(c->db, account->id, NULL));
    TRY(limit_clear(c, tries));
    TRY(session_start(c, account->id, account->login_at, 0, &token));
    TRY(audit_add(c, &(struct audit_note){.event = "account.password_change",
                                          .about = {.member = account->member_id},
                                          .company = account->company_id,
                                          .shown = true}));
    TRY(app_commit(c));
    *ret_token = token;
    return ST_OK;
}

enum status app_password_change(struct ctx *c, struct str current, struct str password, struct str again,
                                struct str *ret_token)
{
    struct account_full account;
    struct limit tries;
    struct str hash, words;
    TRY(app_read(c));
    TRY(q_account_by_id(c->db, c->arena, c->actor.account, &account));
    TRY(account_words(c, &account, &words));
    app_read_end(c);
    if (!current.n) problem_add(&c->problems, "current", "请填写当前密码");
    password_check_new(&c->problems, c->actor.side, words, password, again);
    if (c->problems.n == 0 && str_eq(current, password))
        problem_add(&c->problems, "password", "新密码不能与当前密码相同");
    TRY(problems_status(c));
    TRY(check_current(c, &account, current, "account.password_change", "current", &tries));
    TRY(check_unused(c, &account, password, &tries));
    TRY(account_hash(c, password, &hash));
    hash = account_password_seal(c, account.side, account.login, hash);
    return change_to(c, &account, &tries, hash, ret_token);
}

enum status app_again(struct ctx *c, struct str token, struct str password)
{
    struct account_full account;
    struct limit tries;
    int64_t sessions;
    TRY(app_read(c));
    TRY(q_account_by_id(c->db, c->arena, c->actor.account, &account));
    app_read_end(c);
    if (!password.n) problem_add(&c->problems, "password", "请填写密码");
    TRY(problems_status(c));
    TRY(check_current(c, &account, password, "account.again", "password", &tries));
    TRY(app_begin(c));
    TRY(q_session_prove(c->db, token_hash(c->arena, token), account.id, c->now_ms, &sessions));
    if (!sessions) return ST_LOGIN; /* it ended meanwhile */
    TRY(limit_clear(c, &tries));
    TRY(kept_claim(c, account.id, token));
    TRY(audit_add(c, &(struct audit_note){.event = "account.again",
                                          .about = {.member = account.member_id},
                                          .company = account.company_id}));
    return app_commit(c);
}

struct str password_one_time(struct ctx *c)
{
    struct str fixed = c->settings->initial_password;
    return fixed.n ? fixed : one_time_password(c->arena);
}

enum status account_reset(struct ctx *c, const struct account_full *account, struct str hash, bool onetime)
{
    struct str sealed = account_password_seal(c, account->side, account->login, hash);
    TRY(password_remember(c, account, account_password(c, account)));
    TRY(q_account_set_password(c->db, account->id, sealed, true, onetime, c->now_ms, NULL));
    TRY(q_lost_passwords_end_of(c->db, account->id, c->now_ms, NULL));
    return q_sessions_delete_of(c->db, account->id, NULL);
}

#define ACCOUNTS_AT_ONCE 500

/* Passwords of an earlier version were not sealed. */
static enum status seal_passwords(struct ctx *c, int64_t *at, bool *ret_more)
{
    struct account_fulls accounts;
    TRY(q_accounts_behind(c->db, c->arena, (struct account_id){*at}, ACCOUNTS_AT_ONCE, &accounts));
    for (size_t i = 0; i < accounts.n; i++) {
        const struct account_full *a = &accounts.p[i];
        *at = a->id.v;
        if (!password_is_bare(a->password)) continue;
        TRY(q_account_reseal(c->db, a->id, account_password_seal(c, a->side, a->login, a->password), NULL));
    }
    *ret_more = accounts.n == ACCOUNTS_AT_ONCE;
    return ST_OK;
}

enum status accounts_upgrade(struct ctx *c, bool *ret_more)
{
    return upgrade_step(c, "account.password", seal_passwords, ret_more);
}

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct account_fulls accounts;
    TRY(q_accounts_behind(c->db, c->arena, (struct account_id){*behind}, ACCOUNTS_AT_ONCE, &accounts));
    for (size_t i = 0; i < accounts.n; i++) {
        const struct account_full *a = &accounts.p[i];
        struct str hash, mobile;
        *behind = a->id.v;
        enum status s =
            a->password.n ? account_password_open(c, a->side, a->login, a->password, &hash) : ST_OK;
        TRY(sealed_look(c, wrong, "account", *behind, s ? s : account_mobile_open(c, a, &mobile)));
    }
    *ret_more = accounts.n == ACCOUNTS_AT_ONCE;
    return ST_OK;
}

enum status look_at_passwords(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
