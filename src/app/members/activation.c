#include "app/members/activation.h"

#include "app/access/accounts.h"
#include "app/access/history.h"
#include "app/access/limits.h"
#include "app/core/draw.h"
#include "app/core/hold.h"
#include "app/core/once.h"
#include "app/core/privacy.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/members/load.h"
#include "base/limits.h"
#include "crypto/onetime.h"
#include "domain/id_number.h"
#include "domain/mask.h"
#include "domain/password_life.h"
#include "domain/typed_code.h"
#include "gen/queries.h"
#include "media/document.h"

#define CODE_GROUP 4

struct slips {
    LIST(struct pdf_slip);
};
struct issued {
    struct member_id member;
    struct bytes uid, data_key_sealed;
    struct company_id company;
    struct str code; /* without hyphens */
};
struct issues {
    LIST(struct issued);
};
struct print {
    struct issues issues;
    struct slips slips, skipped;
};

static struct bytes index_of(struct ctx *c, struct str code)
{
    return vault_index(c, INDEX_ACCOUNT, arena_fmt(c->arena, "activation|%.*s", STR_ARG(code)));
}

static struct str grouped(struct arena *a, struct str code)
{
    struct str text = STR("");
    for (size_t i = 0; i < code.n; i += CODE_GROUP)
        text = arena_fmt(a, "%.*s%s%.*s", STR_ARG(text), i ? "-" : "", STR_ARG(str_sub(code, i, CODE_GROUP)));
    return text;
}

/* NULL: gets a slip. */
static enum status why_not(struct ctx *c, const struct member_full *m, const char **ret)
{
    struct account_full account;
    *ret = str_eq(m->state, STR("closed")) ? "已注销" : NULL;
    enum status s = q_account_of_member_unscoped(c->db, c->arena, m->id, &account);
    if (s != ST_OK) return s == ST_NOT_FOUND ? ST_OK : s;
    if (!account.enabled)
        *ret = "账号已停用";
    else if (account.onetime == PASSWORD_CHOSEN && account.login_at)
        *ret = "已有自己的密码，忘记了请用“忘记密码”";
    return ST_OK;
}

static enum status slip_of(struct ctx *c, const struct member_full *m, struct pdf_slip *ret)
{
    struct str number;
    struct company_name_now_unscoped_row company = {.name = STR("")};
    TRY(vault_open(c, PLACE("member", "id_sealed", m->uid), m->id_sealed, &number));
    if (m->company_id.v) TRY(q_company_name_now_unscoped(c->db, c->arena, m->company_id, &company));
    *ret = (struct pdf_slip){
        .name = m->name, .id_number = mask_id_number(c->arena, number), .company = company.name};
    return ST_OK;
}

static enum status prepare_one(struct ctx *c, struct member_id id, struct print *p)
{
    struct member_full m;
    struct pdf_slip slip;
    const char *reason;
    enum status s = member_load(c, id, &m);
    if (s == ST_NOT_FOUND) {
        *ARENA_PUSH(c->arena, &p->skipped) =
            (struct pdf_slip){.name = arena_fmt(c->arena, "编号 %ld", (long)id.v), .why = STR("没有这个人")};
        return ST_OK;
    }
    TRY(s);
    TRY(slip_of(c, &m, &slip));
    TRY(why_not(c, &m, &reason));
    if (reason) {
        slip.why = str_from(reason);
        *ARENA_PUSH(c->arena, &p->skipped) = slip;
        return ST_OK;
    }
    struct str code = one_time_letters(c->arena);
    slip.code = grouped(c->arena, code);
    *ARENA_PUSH(c->arena, &p->slips) = slip;
    *ARENA_PUSH(c->arena, &p->issues) = (struct issued){m.id, m.uid, m.data_key_sealed, m.company_id, code};
    return ST_OK;
}

/* Drawn before anything is held: it takes long, and what could not be drawn must not cost anybody a code. */
static enum status draw(struct ctx *c, const struct print *p, struct str url, struct bytes *ret)
{
    const struct pdf_slips slips = {
        .title = arena_fmt(c->arena, "%.*s个人会员激活条", STR_ARG(c->settings->association)),
        .address = arena_fmt(c->arena, "%.*s/activate", STR_ARG(url)),
        .until = day_add(c->today, (int)c->settings->activation_days),
        .date = c->today,
        .slips = p->slips.p,
        .slip_count = p->slips.n,
        .skipped = p->skipped.p,
        .skipped_count = p->skipped.n,
    };
    return draw_document(c, &(struct document){DOCUMENT_SLIPS, .slips = &slips}, ret);
}

static enum status issue(struct ctx *c, const struct issued *i)
{
    struct member_full m;
    const char *reason;
    struct day until = day_add(c->today, (int)c->settings->activation_days);
    TRY(member_load(c, i->member, &m));
    TRY(why_not(c, &m, &reason));
    if (reason) return someone_was_faster(c, "an activation slip");
    TRY(q_activation_put(c->db, i->member, index_of(c, i->code), c->now_ms, instant_of(day_add(until, 1)) - 1,
                         NULL));
    return audit_add(c, &(struct audit_note){.event = "account.activation_print",
                                             .about = {i->member, i->uid, i->data_key_sealed},
                                             .company = i->company,
                                             .shown = true});
}

enum status app_activation_print(struct ctx *c, const struct selection *s, struct str once, struct str url,
                                 struct bytes *ret)
{
    struct member_ids ids = {0};
    struct print p = {0};
    struct bytes pdf;
    struct str earlier;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_read(c));
    TRY(selection_ids(c, s, &ids));
    for (size_t i = 0; i < ids.n; i++)
        TRY(prepare_one(c, ids.p[i], &p));
    app_read_end(c);
    TRY(draw(c, &p, url, &pdf));
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("printed"), &earlier));
    if (earlier.n)
        return fail(&c->fault, ST_CONFLICT, "这些激活条刚刚已经打印过，请用那一份，或回到名单重新打印");
    TRY(hold_members(c, ids.p, ids.n));
    for (size_t i = 0; i < p.issues.n; i++)
        TRY(issue(c, &p.issues.p[i]));
    TRY(app_commit(c));
    *ret = pdf;
    return ST_OK;
}

struct activating {
    struct id_number id;
    struct str code, hash, network;
    struct attempt_id taken[2];
    struct member_full m;
};

static enum status check(struct ctx *c, const struct activation_input *in, struct activating *k)
{
    char code[64];
    struct problems *ps = &c->problems;
    size_t n = typed_code(str_or_empty(in->code), code, sizeof code);
    enum id_error wrong = id_number_parse(in->id_number, c->today, &k->id);
    if (!n) problem_add(ps, "code", "请填写激活条上的激活码");
    if (wrong) problem_add(ps, "id_number", "%s", id_error_text(wrong));
    password_check_new(ps, SIDE_MEMBER, wrong ? STR_NONE : str_from(k->id.text), in->password,
                       in->password_again);
    if (!in->consent) problem_add(ps, "consent", "请阅读并同意《入会须知》和个人信息处理规则");
    if (!in->consent_sensitive)
        problem_add(ps, "consent_sensitive", "身份证号和证件照属于敏感个人信息，需要您单独同意");
    k->code = n < sizeof code ? arena_str(c->arena, (struct str){code, n}) : STR("");
    return problems_status(c);
}

static enum status take_tries(struct ctx *c, struct activating *k)
{
    const struct settings *s = c->settings;
    const struct limit by_number = {"activate", str_from(k->id.text), s->activation_tries, HOUR_MS};
    const struct limit by_network = {"activate_network", k->network, s->lost_network_tries, HOUR_MS};
    TRY(app_begin(c));
    TRY(limit_take(c, &by_number, &k->taken[0]));
    TRY(limit_take(c, &by_network, &k->taken[1]));
    return app_commit(c);
}

static enum status refuse(struct ctx *c, const struct activating *k, const char *why)
{
    const struct actor nobody = {.side = SIDE_MEMBER};
    TRY(audit_add(c, &(struct audit_note){.event = "account.activate",
                                          .result = "refused",
                                          .by = &nobody,
                                          .about = {.member = k->m.id},
                                          .company = k->m.company_id}));
    TRY(app_commit(c));
    problem_add(&c->problems, "code", "%s", why);
    return ST_BAD_INPUT;
}

/* NULL: it is theirs, and good. The person is held. */
static enum status judge(struct ctx *c, struct activating *k, const char **ret)
{
    static const char WRONG[] = "激活码和身份证号不符，请对照激活条再填一遍";
    struct member_by_id_index_unscoped_row found;
    struct activation_full a;
    struct bytes index = vault_index(c, INDEX_ID_NUMBER, str_from(k->id.text));
    *ret = WRONG;
    enum status s = q_member_by_id_index_unscoped(c->db, c->arena, index, &found);
    if (s != ST_OK) return s == ST_NOT_FOUND ? ST_OK : s;
    TRY(hold_members(c, &found.id, 1));
    TRY(q_member_by_id_unscoped(c->db, c->arena, found.id, &k->m));
    s = q_activation_of_unscoped(c->db, c->arena, found.id, &a);
    if (s != ST_OK) return s == ST_NOT_FOUND ? ST_OK : s;
    struct bytes typed = index_of(c, k->code);
    if (a.code_index.n != MAC_SIZE || !mac_same(a.code_index.p, typed.p)) return ST_OK;
    *ret = a.used_at                  ? "这个激活码已经用过，请直接登录"
           : c->now_ms > a.good_until ? "激活码已过期，请与协会联系，重新打印激活条"
           : str_eq(k->m.state, STR("closed")) ? "您的会员资格已注销，请与协会联系"
                                               : NULL;
    return ST_OK;
}

static enum status account_new(struct ctx *c, const struct activating *k, struct account_id *ret)
{
    struct account_insert_row row;
    struct str login = login_of(c, str_from(k->id.text));
    enum status s = q_account_insert(
        c->db, c->arena,
        &(struct account_insert_in){.side = STR("member"),
                                    .login = login,
                                    .name = k->m.name,
                                    .member = k->m.id,
                                    .password = account_password_seal(c, STR("member"), login, k->hash),
                                    .now = c->now_ms},
        &row);
    if (s == ST_OK) *ret = row.id;
    return s == ST_NOT_FOUND ? someone_was_faster(c, "an account to activate") : s;
}

/* The account that is there takes the password; else one is made. */
static enum status give_password(struct ctx *c, const struct activating *k, struct account_id *ret)
{
    struct account_full a;
    int64_t changed;
    enum status s = q_account_of_member_unscoped(c->db, c->arena, k->m.id, &a);
    if (s == ST_NOT_FOUND) return account_new(c, k, ret);
    TRY(s);
    TRY(hold_accounts(c, &a.id, 1));
    TRY(q_account_by_id(c->db, c->arena, a.id, &a));
    TRY(q_account_change_password(c->db, a.id, a.password, account_password_seal(c, a.side, a.login, k->hash),
                                  c->now_ms, &changed));
    if (!changed) return fail(&c->fault, ST_CONFLICT, "账号已停用，请与协会联系");
    TRY(password_remember(c, &a, account_password(c, &a)));
    TRY(q_lost_passwords_end_of(c->db, a.id, c->now_ms, NULL));
    TRY(q_sessions_delete_of(c->db, a.id, NULL));
    *ret = a.id;
    return ST_OK;
}

static enum status activate(struct ctx *c, const struct activating *k)
{
    struct account_id account;
    struct str version;
    int64_t used;
    TRY(q_activation_use(c->db, k->m.id, c->now_ms, &used));
    if (!used) return someone_was_faster(c, "an activation code");
    TRY(give_password(c, k, &account));
    TRY(privacy_in_force(c, &version));
    TRY(consent_give(c, account, version, c->now_ms));
    for (int i = 0; i < 2; i++)
        TRY(limit_give_back(c, k->taken[i]));
    const struct actor person = {.side = SIDE_MEMBER, .account = account, .member = k->m.id};
    TRY(audit_add(c, &(struct audit_note){.event = "account.activate",
                                          .by = &person,
                                          .about = member_subject(&k->m),
                                          .company = k->m.company_id,
                                          .shown = true}));
    return app_commit(c);
}

enum status app_activate(struct ctx *c, const struct activation_input *in)
{
    struct activating k = {.network = limit_network(c, in->address)};
    const char *wrong;
    TRY(check(c, in, &k));
    TRY(take_tries(c, &k));
    TRY(account_hash(c, in->password, &k.hash));
    TRY(app_begin(c));
    TRY(judge(c, &k, &wrong));
    return wrong ? refuse(c, &k, wrong) : activate(c, &k);
}
