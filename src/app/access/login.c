#include "app/access/accounts.h"
#include "app/access/adrift.h"
#include "app/access/kept.h"
#include "app/access/limits.h"
#include "app/access/sessions.h"
#include "app/access/totp.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crypto/password.h"
#include "crypto/token.h"
#include "domain/credit_code.h"
#include "domain/fold.h"
#include "domain/id_number.h"
#include "domain/password_life.h"
#include "domain/person.h"
#include "gen/queries.h"

#define ACCOUNT_BYTES 600          /* more is nobody's */
#define HALF          "login half" /* of what is signed */
#define HALF_MINUTES  5

static const char WRONG_LOGIN[] = "账号或密码不正确";

static enum status find_member(struct ctx *c, struct str typed, struct account_full *ret)
{
    struct id_number id;
    if (id_number_parse(typed, c->today, &id) != ID_OK) return ST_NOT_FOUND;
    return q_account_by_login(c->db, c->arena, STR("member"), login_of(c, str_from(id.text)), ret);
}

/* Of a company that became part of another (members/merge.c), who was its main clerk still has its code. */
static enum status main_clerk(struct ctx *c, struct company_id id, struct account_full *ret)
{
    struct company_full company;
    enum status s = q_account_of_company_unscoped(c->db, c->arena, id, ret);
    if (s != ST_NOT_FOUND) return s;
    TRY(q_company_by_id_unscoped(c->db, c->arena, id, &company));
    return q_account_by_login(c->db, c->arena, STR("company"), company.code, ret);
}

/* A clerk by mobile number; the main one by credit code, present name, or a former name that is nobody
 * else's.
 */
static enum status find_company(struct ctx *c, struct str typed, struct account_full *ret)
{
    char mobile[MOBILE_SIZE];
    struct company_full company;
    if (mobile_read(typed, mobile))
        return q_account_by_login(c->db, c->arena, STR("company"), login_of(c, str_from(mobile)), ret);
    char code[CREDIT_CODE_LENGTH + 1];
    struct str folded = name_fold(c->arena, typed);
    enum status s = ST_NOT_FOUND;
    if (credit_code_parse(typed, true, code) == CREDIT_OK)
        s = q_company_by_credit_code_unscoped(c->db, c->arena, str_from(code), &company);
    if (s == ST_OK) return main_clerk(c, company.id, ret);
    if (s != ST_NOT_FOUND) return s;
    struct companies_by_folded_rows named;
    TRY(q_companies_by_folded(c->db, c->arena, folded, &named));
    if (named.n == 0 || (named.n > 1 && !named.p[0].present)) return ST_NOT_FOUND;
    return main_clerk(c, named.p[0].id, ret);
}

enum status account_find(struct ctx *c, enum side side, struct str typed, struct account_full *ret)
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

/* One try: who it is about, and what counts it. */
struct login_try {
    struct account_full account; /* id 0: there is none */
    bool open;                   /* neither the account nor its company is disabled */
    struct str hash;             /* of the password; none: no password lets in */
    bool totp;                   /* a code is asked for besides */
    struct str code;             /* and was typed */
    struct str network;
    struct limit by_account, by_pair, by_network;
    struct attempt_id taken[3];
};

/* A disabled company takes its clerks with it. */
static enum status is_open(struct ctx *c, const struct account_full *account, bool *ret)
{
    struct company_full company = {.enabled = true};
    if (account->company_id.v) TRY(q_company_by_id_unscoped(c->db, c->arena, account->company_id, &company));
    *ret = account->enabled && company.enabled;
    return ST_OK;
}

static struct bytes network_key(struct ctx *c, struct str network)
{
    return vault_index(c, INDEX_ACCOUNT, network);
}

/* Whoever logged in from there lately is not kept out by what others do elsewhere. */
static enum status is_known_network(struct ctx *c, const struct login_try *t, bool *ret)
{
    struct known_network_find_row row;
    int64_t since = c->now_ms - c->settings->login_known_days * DAY_MS;
    enum status s =
        q_known_network_find(c->db, c->arena, t->account.id, network_key(c, t->network), since, &row);
    *ret = s == ST_OK;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

struct limit limit_login_network(struct ctx *c, struct str network)
{
    const struct settings *s = c->settings;
    return (struct limit){"login_network", network, s->login_network_failures,
                          s->login_network_minutes * MINUTE_MS};
}

/* An account counts as one however it is written; */
static struct str who_of(struct ctx *c, const struct account_full *a)
{
    return arena_fmt(c->arena, "%.*s|%ld", STR_ARG(a->side), (long)a->id.v);
}

static struct str pair_of(struct ctx *c, struct str who, struct str network)
{
    return arena_fmt(c->arena, "%.*s|%.*s", STR_ARG(who), STR_ARG(network));
}

struct bytes login_pair_key(struct ctx *c, const struct account_full *account, struct str network)
{
    return limit_key(c, pair_of(c, who_of(c, account), network));
}

enum status login_forgive(struct ctx *c, const struct account_full *account, struct bytes from)
{
    TRY(limit_clear(c, &(struct limit){.kind = "login", .subject = who_of(c, account)}));
    return q_attempts_clear(c->db, STR("login_pair"), from, NULL);
}

/* one that is not there by what was typed, folded. */
static void limits_of(struct ctx *c, const struct login_input *in, bool known_network, struct login_try *t)
{
    const struct settings *s = c->settings;
    struct str typed = name_fold(c->arena, str_sub(in->account, 0, ACCOUNT_BYTES));
    struct str who = t->account.id.v ? who_of(c, &t->account)
                                     : arena_fmt(c->arena, "%s|%.*s", side_code(in->as), STR_ARG(typed));
    struct str pair = pair_of(c, who, t->network);
    t->by_account = (struct limit){"login", who, known_network ? 0 : s->login_account_failures,
                                   s->login_account_minutes * MINUTE_MS};
    t->by_pair =
        (struct limit){"login_pair", pair, s->login_pair_failures, s->login_pair_minutes * MINUTE_MS};
    t->by_network = limit_login_network(c, t->network);
}

static enum status read_try(struct ctx *c, const struct login_input *in, struct login_try *t)
{
    bool known = false;
    *t = (struct login_try){.network = limit_network(c, in->address)};
    TRY(app_read(c));
    enum status s = account_find(c, in->as, in->account, &t->account);
    if (s == ST_NOT_FOUND) t->account = (struct account_full){0};
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    if (s == ST_OK) TRY(is_open(c, &t->account, &t->open));
    if (t->open) t->hash = account_password(c, &t->account);
    if (s == ST_OK) TRY(is_known_network(c, t, &known));
    if (s == ST_OK) TRY(totp_is_on(c, t->account.id, &t->totp));
    app_read_end(c);
    limits_of(c, in, known, t);
    return ST_OK;
}

/* Counted as failed before the password is looked at: tries at the same time do not all pass before the first
 * of them has failed. */
static enum status take(struct ctx *c, struct login_try *t)
{
    TRY(app_begin(c));
    TRY(limit_take(c, &t->by_account, &t->taken[0]));
    TRY(limit_take(c, &t->by_pair, &t->taken[1]));
    TRY(limit_take(c, &t->by_network, &t->taken[2]));
    return app_commit(c);
}

static struct actor actor_of(const struct account_full *account)
{
    struct actor a = {.account = account->id, .member = account->member_id, .company = account->company_id};
    side_parse(account->side, &a.side);
    return a;
}

static enum status refuse_field(struct ctx *c, const struct login_try *t, const char *field, const char *why)
{
    struct actor tried = {0}; /* not who asks: that may be a session of their own */
    if (t->account.id.v) tried = actor_of(&t->account);
    TRY(app_begin(c));
    TRY(q_account_count_failure(c->db, t->account.id, NULL));
    TRY(audit_add(c, &(struct audit_note){.event = "account.login", .result = "refused", .by = &tried}));
    TRY(app_commit(c));
    problem_add(&c->problems, field, "%s", why);
    return ST_BAD_INPUT;
}

static enum status refuse(struct ctx *c, const struct login_try *t, const char *why)
{
    return refuse_field(c, t, "password", why);
}

/* NULL: the password lets in. */
static const char *spent_password(struct ctx *c, const struct account_full *account)
{
    struct password_terms terms = {.onetime_days = c->settings->onetime_days};
    switch (password_life((enum password_origin)account->onetime, day_at(account->password_at), c->today,
                          terms)) {
    case LIFE_GOOD:
    case LIFE_OLD:
        break;
    case LIFE_EXPIRED:
        return "一次性密码已过期，请联系发放密码的人重新发放";
    case LIFE_SPENT:
        return "一次性密码只能使用一次，请联系发放密码的人重新发放";
    }
    return NULL;
}

static enum status forget_failures(struct ctx *c, const struct login_try *t)
{
    TRY(limit_give_back(c, t->taken[0]));
    TRY(limit_give_back(c, t->taken[2]));
    return limit_clear(c, &t->by_pair);
}

/* In the transaction of the login: that the password which was verified is still the account's, and nobody
 * was disabled meanwhile. */
static enum status still_right(struct ctx *c, const struct login_try *t, struct str sealed, bool *ret)
{
    int64_t companies = 1, accounts;
    const struct account_full *a = &t->account;
    if (a->company_id.v) TRY(q_company_hold_enabled(c->db, a->company_id, &companies));
    TRY(q_account_enter(c->db, a->id, a->password, sealed, a->onetime ? PASSWORD_GIVEN_USED : PASSWORD_CHOSEN,
                        c->now_ms, &accounts));
    *ret = companies == 1 && accounts == 1;
    return *ret && t->totp ? totp_take(c, a->id, t->code, ret) : ST_OK;
}

/* The right password with a code still to come: no failure, and no login either, so that whoever has the
 * password does not guess codes without end. */
static enum status half_way(struct ctx *c, const struct login_try *t, struct str *ret_half)
{
    TRY(app_begin(c));
    for (int i = 0; i < 3; i++)
        TRY(limit_give_back(c, t->taken[i]));
    TRY(app_commit(c));
    *ret_half =
        signed_make(c->app->keys, c->arena, HALF,
                    arena_fmt(c->arena, "%ld %ld %ld", (long)t->account.id.v, (long)t->account.version,
                              (long)(c->now_ms + HALF_MINUTES * MINUTE_MS)));
    return ST_OK;
}

static enum status enter(struct ctx *c, const struct login_try *t, struct str sealed, bool *ret_entered,
                         struct str *ret_token)
{
    const struct account_full *a = &t->account;
    struct str token;
    TRY(app_begin(c));
    TRY(still_right(c, t, sealed, ret_entered));
    if (!*ret_entered) {
        app_rollback(c);
        return ST_OK;
    }
    struct actor who = actor_of(a);
    TRY(session_start(c, a->id, a->login_at, a->failures, &token));
    TRY(kept_claim(c, a->id, token));
    TRY(forget_failures(c, t));
    TRY(q_known_network_put(c->db, a->id, network_key(c, t->network), c->now_ms, NULL));
    TRY(audit_add(c, &(struct audit_note){.event = "account.login",
                                          .by = &who,
                                          .about = {.member = a->member_id},
                                          .company = a->company_id}));
    TRY(app_commit(c));
    c->actor = who;
    *ret_token = token;
    return ST_OK;
}

static enum status log_in(struct ctx *c, const struct login_input *in, struct str *ret_token,
                          struct str *ret_half)
{
    struct login_try t;
    bool entered;
    TRY(read_try(c, in, &t));
    TRY(take(c, &t));
    if (!password_verify(c->app->keys, t.hash, in->password)) return refuse(c, &t, WRONG_LOGIN);
    const char *spent = spent_password(c, &t.account);
    if (spent) return refuse(c, &t, spent);
    if (t.totp && ret_half) {
        *ret_token = STR_NONE;
        return half_way(c, &t, ret_half);
    }
    struct str sealed = t.account.password;
    if (password_needs_rehash(t.hash)) {
        struct str hash;
        TRY(account_hash(c, in->password, &hash));
        sealed = account_password_seal(c, t.account.side, t.account.login, hash);
    }
    TRY(enter(c, &t, sealed, &entered, ret_token));
    return entered ? ST_OK : refuse(c, &t, WRONG_LOGIN);
}

static enum status half_read(struct ctx *c, struct str half, struct account_id *ret, int64_t *ret_version)
{
    struct str text, id, version, until;
    int64_t until_ms;
    if (!signed_read(c->app->keys, c->arena, HALF, half, &text) || !str_cut(text, ' ', &id, &text) ||
        !str_cut(text, ' ', &version, &until) || !str_int(id, &ret->v) || !str_int(version, ret_version) ||
        !str_int(until, &until_ms) || c->now_ms > until_ms)
        return ST_LOGIN;
    return ST_OK;
}

/* The try of an account that has typed its password. */
static enum status read_half(struct ctx *c, struct str half, struct str address, struct login_try *t)
{
    struct account_id id;
    int64_t version;
    bool known;
    *t = (struct login_try){.network = limit_network(c, address)};
    TRY(half_read(c, half, &id, &version));
    TRY(app_read(c));
    enum status s = q_account_by_id(c->db, c->arena, id, &t->account);
    if (s == ST_NOT_FOUND || (s == ST_OK && t->account.version != version)) return ST_LOGIN;
    TRY(s);
    TRY(is_open(c, &t->account, &t->open));
    TRY(is_known_network(c, t, &known));
    TRY(totp_is_on(c, id, &t->totp));
    app_read_end(c);
    if (!t->open) return ST_LOGIN;
    limits_of(c, &(struct login_input){.as = actor_of(&t->account).side, .account = STR("")}, known, t);
    return ST_OK;
}

enum status app_login_code(struct ctx *c, struct str half, struct str code, struct str address,
                           struct str *ret_token)
{
    struct login_try t;
    bool entered;
    TRY(read_half(c, half, address, &t));
    t.code = str_trim(code);
    TRY(take(c, &t));
    TRY(enter(c, &t, t.account.password, &entered, ret_token));
    return entered ? ST_OK : refuse_field(c, &t, "code", "动态码不正确，或已经用过");
}

static enum status take_adrift(struct ctx *c, const struct login_try *t)
{
    const struct limit limits[] = {t->by_account, t->by_pair, t->by_network};
    int64_t before[ADRIFT_LIMITS];
    TRY(app_read(c));
    for (size_t i = 0; i < ADRIFT_LIMITS; i++)
        TRY(limit_count(c, &limits[i], &before[i]));
    app_read_end(c);
    return adrift_take(c, limits, before, ADRIFT_LIMITS);
}

static enum status refuse_adrift(struct ctx *c, const struct login_try *t, const char *why)
{
    struct actor tried = {0};
    if (t->account.id.v) tried = actor_of(&t->account);
    adrift_refused(c, &tried);
    problem_add(&c->problems, "password", "%s", why);
    return ST_BAD_INPUT;
}

/* Nothing of it can be written yet, nor that a one-time password was used. */
static enum status log_in_adrift(struct ctx *c, const struct login_input *in, struct str *ret_token)
{
    struct login_try t;
    TRY(read_try(c, in, &t));
    TRY(take_adrift(c, &t));
    if (!password_verify(c->app->keys, t.hash, in->password)) return refuse_adrift(c, &t, WRONG_LOGIN);
    if (t.totp) return refuse_adrift(c, &t, "服务器的磁盘已满，暂时不能用动态码登录，请联系系统管理员");
    if (t.account.onetime)
        return refuse_adrift(c, &t, "服务器的磁盘已满，暂时不能用一次性密码登录，请联系系统管理员");
    adrift_clear(c, &t.by_pair);
    c->actor = actor_of(&t.account);
    return session_start_adrift(c, t.account.password, ret_token);
}

static enum status begin(struct ctx *c, const struct login_input *in, struct str *ret_token,
                         struct str *ret_half)
{
    enum status s = log_in(c, in, ret_token, ret_half);
    return adrift_takes_over(c, s) ? log_in_adrift(c, in, ret_token) : s;
}

enum status app_login_begin(struct ctx *c, const struct login_input *in, struct str *ret_token,
                            struct str *ret_half)
{
    struct str half = STR_NONE;
    TRY(begin(c, in, ret_token, &half));
    *ret_half = half;
    return ST_OK;
}

enum status app_login(struct ctx *c, const struct login_input *in, struct str *ret_token)
{
    return begin(c, in, ret_token, NULL);
}
