#include "app/access/accounts.h"

#include "app/access/limits.h"
#include "app/access/sessions.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crypto/onetime.h"
#include "crypto/password.h"
#include "crypto/token.h"
#include "domain/credit_code.h"
#include "domain/fold.h"
#include "domain/id_number.h"
#include "domain/password.h"
#include "gen/queries.h"

/* design: limits. */
#define PAIR_FAILURES    5
#define PAIR_MS          (15 * MINUTE_MS)
#define ACCOUNT_FAILURES 20
#define ACCOUNT_MS       (30 * MINUTE_MS)
#define ACCOUNT_BYTES    600 /* more is nobody's */

static const char WRONG_LOGIN[] = "账号或密码不正确";

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

static enum status find_member(struct ctx *c, struct str typed, struct account_full *ret)
{
    struct id_number id;
    if (id_number_parse(typed, c->today, &id) != ID_OK) return ST_NOT_FOUND;
    return q_account_by_login(c->db, c->arena, STR("member"), login_of(c, str_from(id.text)), ret);
}

/* By credit code, present name, or a former name that is nobody else's. */
static enum status find_company(struct ctx *c, struct str typed, struct account_full *ret)
{
    struct company_full company;
    char code[CREDIT_CODE_LENGTH + 1];
    struct str folded = name_fold(c->arena, typed);
    enum status s = ST_NOT_FOUND;
    if (credit_code_parse(typed, true, code) == CREDIT_OK)
        s = q_company_by_credit_code(c->db, c->arena, str_from(code), &company);
    if (s == ST_OK) return q_account_of_company(c->db, c->arena, company.id, ret);
    if (s != ST_NOT_FOUND) return s;
    struct companies_by_folded_rows named;
    TRY(q_companies_by_folded(c->db, c->arena, folded, &named));
    if (named.n == 0 || (named.n > 1 && !named.p[0].present)) return ST_NOT_FOUND;
    return q_account_of_company(c->db, c->arena, named.p[0].id, ret);
}

static enum status find_account(struct ctx *c, enum side side, struct str typed, struct account_full *ret)
{
    typed = text_clean(c->arena, utf8_half_width(c->arena, typed));
    if (!typed.n || typed.n > ACCOUNT_BYTES || !utf8_valid(typed) || str_has_nul(typed)) return ST_NOT_FOUND;
    switch (side) {
    case SIDE_MEMBER:
        return find_member(c, typed, ret);
    case SIDE_COMPANY:
        return find_company(c, typed, ret);
    case SIDE_STAFF:
        return q_account_by_login(c->db, c->arena, STR("staff"), typed, ret);
    }
    return ST_NOT_FOUND;
}

struct who_tries {
    struct str account, pair; /* subjects of the two limits */
};

/* An account counts as one however it is written; one that is not there by what was typed, folded. */
static struct who_tries who_tries(struct ctx *c, const struct login_input *in,
                                  const struct account_full *account)
{
    struct str who = account ? arena_fmt(c->arena, "%ld", (long)account->id.v)
                             : name_fold(c->arena, str_sub(in->account, 0, ACCOUNT_BYTES));
    who = arena_fmt(c->arena, "%s|%.*s", side_code(in->as), STR_ARG(who));
    return (struct who_tries){
        who, arena_fmt(c->arena, "%.*s|%.*s", STR_ARG(who), STR_ARG(limit_network(c, in->address)))};
}

/* A disabled company takes its clerks with it. */
static enum status is_open(struct ctx *c, const struct account_full *account, bool *ret)
{
    struct company_full company = {.enabled = true};
    if (account->company_id.v) TRY(q_company_by_id(c->db, c->arena, account->company_id, &company));
    *ret = account->enabled && company.enabled;
    return ST_OK;
}

static struct actor actor_of(const struct account_full *account)
{
    struct actor a = {.account = account->id, .member = account->member_id, .company = account->company_id};
    side_parse(account->side, &a.side);
    return a;
}

static enum status refuse(struct ctx *c, const struct who_tries *who, const struct account_full *account)
{
    TRY(app_begin(c));
    TRY(limit_note(c, "login", who->account));
    TRY(limit_note(c, "login_pair", who->pair));
    struct actor tried = {0}; /* not who asks: that may be a session of their own */
    if (account) tried = actor_of(account);
    TRY(audit_add(c, &(struct audit_note){.event = "account.login", .result = "refused", .by = &tried}));
    TRY(app_commit(c));
    problem_add(&c->problems, "password", "%s", WRONG_LOGIN);
    return ST_BAD_INPUT;
}

static enum status let_in(struct ctx *c, const struct who_tries *who, const struct account_full *account,
                          struct str *ret)
{
    struct actor entered = actor_of(account);
    struct str token = STR_NONE;
    TRY(app_begin(c));
    TRY(session_start(c, account->id, &token));
    TRY(limit_clear(c, "login_pair", who->pair));
    TRY(audit_add(c, &(struct audit_note){.event = "account.login",
                                          .by = &entered,
                                          .about = {.member = account->member_id},
                                          .company = account->company_id}));
    TRY(app_commit(c));
    c->actor = entered;
    *ret = token;
    return ST_OK;
}

enum status app_login(struct ctx *c, const struct login_input *in, struct str *ret_token)
{
    struct account_full account;
    bool open = false;
    TRY(app_read(c));
    enum status s = find_account(c, in->as, in->account, &account);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    bool known = s == ST_OK;
    struct who_tries who = who_tries(c, in, known ? &account : NULL);
    TRY(limit_check(c, "login_pair", who.pair, PAIR_FAILURES, PAIR_MS));
    TRY(limit_check(c, "login", who.account, ACCOUNT_FAILURES, ACCOUNT_MS));
    if (known) TRY(is_open(c, &account, &open));
    app_read_end(c);
    bool right = password_verify(c->app->keys, open ? account.password : STR_NONE, in->password);
    if (!open || !right) return refuse(c, &who, known ? &account : NULL);
    return let_in(c, &who, &account, ret_token);
}

/* What a password must not hold: what the account logs in with, a member's ID number, a company's name. */
static enum status account_words(struct ctx *c, const struct account_full *account, struct str *ret)
{
    struct member_sealed_row sealed;
    struct company_full company;
    if (account->main) {
        TRY(q_company_by_id(c->db, c->arena, account->company_id, &company));
        *ret = company.name;
        return ST_OK;
    }
    if (!account->member_id.v) {
        *ret = account->name;
        return ST_OK;
    }
    TRY(q_member_sealed(c->db, c->arena, account->member_id, &sealed));
    return vault_open(c, PLACE("member", "id_sealed", sealed.uid), sealed.id_sealed, ret);
}

/* Whoever sits at an open session must not find the password out either. */
static enum status check_current(struct ctx *c, const struct account_full *account, struct str current)
{
    struct str who = arena_fmt(c->arena, "%ld", (long)account->id.v);
    TRY(app_read(c));
    TRY(limit_check(c, "password", who, PAIR_FAILURES, PAIR_MS));
    app_read_end(c);
    if (password_verify(c->app->keys, account->password, current)) return ST_OK;
    problem_add(&c->problems, "current", "当前密码不正确");
    TRY(app_begin(c));
    TRY(limit_note(c, "password", who));
    TRY(audit_add(c, &(struct audit_note){.event = "account.password_change",
                                          .result = "refused",
                                          .about = {.member = account->member_id},
                                          .company = account->company_id}));
    return app_commit(c);
}

static enum status change_to(struct ctx *c, const struct account_full *account, struct str hash,
                             struct str *ret_token)
{
    TRY(app_begin(c));
    TRY(q_account_set_password(c->db, account->id, hash, false, c->now_ms, NULL));
    TRY(q_sessions_delete_of(c->db, account->id, NULL));
    TRY(session_start(c, account->id, ret_token));
    TRY(audit_add(c, &(struct audit_note){.event = "account.password_change",
                                          .about = {.member = account->member_id},
                                          .company = account->company_id,
                                          .shown = true}));
    return app_commit(c);
}

enum status app_password_change(struct ctx *c, struct str current, struct str password, struct str again,
                                struct str *ret_token)
{
    struct account_full account;
    struct str hash, words;
    TRY(app_read(c));
    TRY(q_account_by_id(c->db, c->arena, c->actor.account, &account));
    TRY(account_words(c, &account, &words));
    TRY(check_current(c, &account, current));
    password_check_new(&c->problems, c->actor.side, words, password, again);
    if (c->problems.n == 0 && str_eq(current, password))
        problem_add(&c->problems, "password", "新密码不能与当前密码相同");
    TRY(problems_status(c));
    TRY(account_hash(c, password, &hash));
    return change_to(c, &account, hash, ret_token);
}

struct str password_one_time(struct ctx *c)
{
    struct str fixed = c->app->settings->initial_password;
    return fixed.n ? fixed : one_time_password(c->arena);
}

enum status account_reset(struct ctx *c, struct account_id account, struct str hash)
{
    TRY(q_account_set_password(c->db, account, hash, true, c->now_ms, NULL));
    return q_sessions_delete_of(c->db, account, NULL);
}
