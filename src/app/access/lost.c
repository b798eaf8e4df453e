#include "app/access/lost.h"

#include "app/access/accounts.h"
#include "app/access/history.h"
#include "app/access/limits.h"
#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "base/text.h"
#include "crypto/onetime.h"
#include "crypto/password.h"
#include "domain/fold.h"
#include "domain/id_number.h"
#include "domain/password.h"
#include "domain/person.h"
#include "gen/queries.h"

#define ACCOUNT_CHARS  200 /* as typed */
#define LOST_KEPT_DAYS 30  /* after they were over */

/* One request, and whose it is. */
struct asked {
    struct str account;     /* as typed, in one spelling */
    struct account_full of; /* id 0: there is none of that name */
    struct str hash;        /* of the password */
    enum lost_unfit unfit;  /* why the account cannot have it */
    struct str network;
    struct bytes from; /* account and network */
    struct str code;
    struct day until;
};

struct seal_place lost_place(struct bytes uid)
{
    return PLACE("lost_password", "password", uid);
}

struct bytes lost_code_index(struct ctx *c, struct bytes uid, struct str code)
{
    return vault_index(
        c, INDEX_ACCOUNT,
        arena_fmt(c->arena, "lost|%.*s|%.*s", STR_ARG(arena_hex(c->arena, uid)), STR_ARG(code)));
}

/* In one spelling, so that its tries are counted together, and a password that holds it is seen. */
static struct str account_of(struct ctx *c, const struct lost_input *in)
{
    struct id_number id;
    char mobile[MOBILE_SIZE];
    if (in->as == SIDE_COMPANY)
        return mobile_read(in->account, mobile) ? arena_str(c->arena, str_from(mobile))
                                                : name_fold(c->arena, in->account);
    enum id_error wrong = id_number_parse(in->account, c->today, &id);
    if (wrong != ID_OK) problem_add(&c->problems, "account", "%s", id_error_text(wrong));
    return wrong == ID_OK ? arena_str(c->arena, str_from(id.text)) : STR("");
}

static enum status check_form(struct ctx *c, const struct lost_input *in, struct asked *k)
{
    struct problems *ps = &c->problems;
    struct str name = text_clean(c->arena, in->name);
    if (!text_clean(c->arena, in->account).n)
        problem_add(ps, "account", "%s",
                    in->as == SIDE_MEMBER ? "请填写身份证号" : "请填写企业名称、信用代码或经办人手机号");
    else if (!text_is_line(in->account) || in->account.n > 4 * ACCOUNT_CHARS)
        problem_add(ps, "account", "账号不正确");
    else
        k->account = account_of(c, in);
    if (!name.n) problem_add(ps, "name", "请填写姓名");
    password_check_new(ps, in->as, k->account, in->password, in->password_again);
    return problems_status(c);
}

static enum status take_tries(struct ctx *c, const struct lost_input *in, const struct asked *k)
{
    struct str who = arena_fmt(c->arena, "%s|%.*s", side_code(in->as), STR_ARG(k->account));
    TRY(app_begin(c));
    TRY(limit_take(c, &(struct limit){"lost", who, c->settings->lost_account_tries, DAY_MS}, NULL));
    TRY(limit_take(c, &(struct limit){"lost_network", k->network, c->settings->lost_network_tries, HOUR_MS},
                   NULL));
    return app_commit(c);
}

/* A main clerk is known by the name of the company's contact, anybody else by their own. */
static enum status is_named(struct ctx *c, const struct account_full *a, struct str typed, bool *ret)
{
    struct company_full company = {.enabled = true};
    if (a->company_id.v) TRY(q_company_by_id_unscoped(c->db, c->arena, a->company_id, &company));
    struct str name = name_fold(c->arena, a->main ? company.contact : a->name);
    *ret = a->enabled && company.enabled && name.n && str_eq(name, name_fold(c->arena, typed));
    return ST_OK;
}

static enum status find(struct ctx *c, const struct lost_input *in, struct asked *k)
{
    bool named = false;
    struct account_full found;
    TRY(app_read(c));
    enum status s = account_find(c, in->as, in->account, &found);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    if (s == ST_OK) TRY(is_named(c, &found, in->name, &named));
    if (named) k->of = found;
    app_read_end(c);
    return ST_OK;
}

/* Whether the account can have it, at the same price whether there is one. */
static enum status weigh(struct ctx *c, const struct lost_input *in, struct asked *k)
{
    bool used;
    struct str words = STR_NONE;
    struct str present = k->of.id.v ? account_password(c, &k->of) : STR_NONE;
    TRY(password_was_used_alike(c, &k->of, present, in->password, &used));
    TRY(account_hash(c, in->password, &k->hash));
    if (!k->of.id.v) return ST_OK;
    TRY(app_read(c));
    TRY(account_words(c, &k->of, &words));
    app_read_end(c);
    if (used)
        k->unfit = UNFIT_USED;
    else if (password_check(in->password, words, in->as) != PASSWORD_OK)
        k->unfit = UNFIT_NAMED;
    return ST_OK;
}

static enum status note_asked(struct ctx *c, const struct asked *k, enum side as, const char *result)
{
    const struct actor nobody = {.side = as};
    return audit_add(c, &(struct audit_note){.event = "account.lost_ask",
                                             .result = result,
                                             .by = &nobody,
                                             .about = {.member = k->of.member_id},
                                             .company = k->of.company_id,
                                             .shown = !result});
}

/* Room for one more: the oldest of the same network gives way. */
static enum status make_room(struct ctx *c, const struct asked *k, bool *ret_kept)
{
    struct lost_password_fulls waiting;
    TRY(q_lost_passwords_pending(c->db, c->arena, k->of.id, c->now_ms, LIMIT_LOST_PENDING, &waiting));
    *ret_kept = waiting.n < LIMIT_LOST_PENDING;
    for (size_t i = 0; i < waiting.n && !*ret_kept; i++) {
        if (!bytes_eq(waiting.p[i].network, k->from)) continue;
        TRY(q_lost_password_end(c->db, waiting.p[i].id, STR("replaced"), c->now_ms, (struct account_id){0},
                                (struct file_id){0}, NULL));
        *ret_kept = true;
    }
    return *ret_kept ? ST_OK : q_lost_passwords_count_refused(c->db, k->of.id, NULL);
}

static enum status insert(struct ctx *c, const struct asked *k)
{
    struct bytes uid = uid_new(c->arena);
    struct lost_password_insert_row row;
    return q_lost_password_insert(
        c->db, c->arena,
        &(struct lost_password_insert_in){.uid = uid,
                                          .account = k->of.id,
                                          .password =
                                              password_seal(c->app->keys, c->arena, lost_place(uid), k->hash),
                                          .unfit = (int64_t)k->unfit,
                                          .code_index = lost_code_index(c, uid, k->code),
                                          .network = k->from,
                                          .now = c->now_ms,
                                          .until = instant_of(day_add(k->until, 1)) - 1},
        &row);
}

/* The account is held, so that four at a time do not find room for three. Its password may have become
 * another meanwhile: then what was weighed is not true any more. */
static enum status keep(struct ctx *c, const struct asked *k, enum side as)
{
    struct account_full now;
    bool kept = false;
    TRY(app_begin(c));
    if (k->of.id.v) {
        TRY(hold_accounts(c, &k->of.id, 1));
        TRY(q_account_by_id(c->db, c->arena, k->of.id, &now));
        if (now.enabled && str_eq(now.password, k->of.password)) TRY(make_room(c, k, &kept));
    }
    if (kept) TRY(insert(c, k));
    TRY(note_asked(c, k, as, kept ? NULL : k->of.id.v ? "full" : "unknown"));
    return app_commit(c);
}

enum status app_lost_ask(struct ctx *c, const struct lost_input *in, struct lost_code *ret)
{
    struct asked k = {.account = STR(""),
                      .network = limit_network(c, in->address),
                      .code = one_time_code(c->arena),
                      .until = day_add(c->today, (int)c->settings->lost_days)};
    TRY(check_form(c, in, &k));
    TRY(take_tries(c, in, &k));
    TRY(find(c, in, &k));
    TRY(weigh(c, in, &k));
    k.from = login_pair_key(c, &k.of, k.network);
    TRY(keep(c, &k, in->as));
    *ret = (struct lost_code){k.code, k.until};
    return ST_OK;
}

enum status app_lost_own(struct ctx *c, struct lost_owns *ret)
{
    struct lost_owns list = {0};
    struct lost_password_fulls rows;
    TRY(app_read(c));
    TRY(q_lost_passwords_pending(c->db, c->arena, c->actor.account, c->now_ms, LIMIT_LOST_PENDING, &rows));
    for (size_t i = 0; i < rows.n; i++)
        *ARENA_PUSH(c->arena, &list) = (struct lost_own){
            rows.p[i].id,
            str_sub(instant_str(c->arena, rows.p[i].asked_at), 0, sizeof "2026-11-23 16:05" - 1),
            day_at(rows.p[i].good_until)};
    *ret = list;
    return ST_OK;
}

enum status app_lost_cancel(struct ctx *c, struct lost_id id)
{
    struct lost_password_full row;
    int64_t ended;
    TRY(app_begin(c));
    TRY(hold_accounts(c, &c->actor.account, 1));
    enum status s = q_lost_password_of(c->db, c->arena, id, c->actor.account, &row);
    if (s == ST_NOT_FOUND) return not_found(c);
    TRY(s);
    TRY(q_lost_password_end(c->db, id, STR("cancelled"), c->now_ms, c->actor.account, (struct file_id){0},
                            &ended));
    if (ended)
        TRY(audit_add(c, &(struct audit_note){.event = "account.lost_cancel",
                                              .about = {.member = c->actor.member},
                                              .company = c->actor.company,
                                              .shown = true}));
    return app_commit(c);
}

enum status lost_sweep(struct ctx *c)
{
    TRY(q_lost_passwords_wipe(c->db, c->now_ms, NULL));
    return q_lost_passwords_delete_old(c->db, c->now_ms - LOST_KEPT_DAYS * DAY_MS, NULL);
}

#define ROWS_AT_ONCE 500

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct lost_password_fulls rows;
    TRY(q_lost_passwords_behind(c->db, c->arena, (struct lost_id){*behind}, ROWS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str hash;
        *behind = rows.p[i].id.v;
        if (!rows.p[i].password.n) continue;
        TRY(sealed_look(c, wrong, "lost_password", *behind,
                        password_unseal(c->app->keys, c->arena, lost_place(rows.p[i].uid), rows.p[i].password,
                                        &c->fault, &hash)));
    }
    *ret_more = rows.n == ROWS_AT_ONCE;
    return ST_OK;
}

enum status look_at_lost_passwords(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
