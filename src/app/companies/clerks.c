#include "app/companies/clerks.h"

#include "app/access/accounts.h"
#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/once.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "domain/mask.h"
#include "domain/password_life.h"
#include "domain/person.h"
#include "gen/queries.h"

static enum status need_main_clerk(struct ctx *c)
{
    TRY(need_clerk(c));
    return c->actor.main ? ST_OK : fail(&c->fault, ST_FORBIDDEN, "经办人由本单位的主管理员管理");
}

static enum status clerk_open(struct ctx *c, const struct account_full *row, struct clerk *ret)
{
    struct clerk clerk = {.row = *row, .mobile = STR_NONE};
    TRY(account_mobile_open(c, row, &clerk.mobile));
    *ret = clerk;
    return ST_OK;
}

enum status app_clerks_list(struct ctx *c, struct clerks *ret)
{
    struct account_fulls rows;
    struct clerks list = {0};
    TRY(need_main_clerk(c));
    TRY(app_read(c));
    TRY(q_clerks_of(c->db, c->arena, c->actor.company, LIMIT_CLERKS + 1, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(clerk_open(c, &rows.p[i], ARENA_PUSH(c->arena, &list)));
    *ret = list;
    return ST_OK;
}

static enum status clerk_read(struct ctx *c, struct account_id id, struct account_full *ret)
{
    enum status s = q_clerk_of(c->db, c->arena, c->actor.company, id, ret);
    return s == ST_NOT_FOUND ? not_found(c) : s;
}

enum status app_clerk(struct ctx *c, struct account_id id, struct clerk *ret)
{
    struct account_full row;
    TRY(need_main_clerk(c));
    TRY(app_read(c));
    TRY(clerk_read(c, id, &row));
    return clerk_open(c, &row, ret);
}

struct checked {
    struct str name, mobile, login;
};

static void check(struct ctx *c, const struct clerk_input *in, struct checked *ret)
{
    struct checked k = {.mobile = STR("")};
    bool named = person_name(&c->problems, in->name, &k.name);
    bool numbered = person_mobile(&c->problems, in->mobile, &k.mobile);
    if (numbered && !k.mobile.n) problem_add(&c->problems, "mobile", "请填写手机号，经办人用它登录");
    if (named && numbered) k.login = login_of(c, k.mobile);
    *ret = k;
}

/* Nobody else's, in any company: who logs in with it must be one. */
static enum status check_free(struct ctx *c, struct str login, struct account_id mine)
{
    struct clerk_with_login_unscoped_row other;
    enum status s = q_clerk_with_login_unscoped(c->db, c->arena, login, &other);
    if (s != ST_OK || other.id.v == mine.v) return s == ST_NOT_FOUND ? ST_OK : s;
    problem_add(&c->problems, "mobile", "这个手机号已是某个经办人的账号");
    return ST_BAD_INPUT;
}

static enum status check_room(struct ctx *c)
{
    struct account_fulls rows;
    TRY(q_clerks_of(c->db, c->arena, c->actor.company, LIMIT_CLERKS + 1, &rows));
    return rows.n <= LIMIT_CLERKS
               ? ST_OK
               : fail(&c->fault, ST_CONFLICT, "最多 %d 名经办人，请修改不再经办的", LIMIT_CLERKS);
}

static enum status note(struct ctx *c, const char *event, struct str name, struct changes changes)
{
    return audit_add(c, &(struct audit_note){
                            .event = event, .company = c->actor.company, .note = name, .changes = changes});
}

/* What this form made when it was sent before; id 0: nothing. */
static enum status made_before(struct ctx *c, struct str once, const struct checked *k,
                               struct clerk_made *ret)
{
    struct account_full row;
    bool sent_before;
    TRY(app_read(c));
    TRY(once_taken(c, once, &sent_before));
    enum status s =
        sent_before ? q_account_by_login(c->db, c->arena, STR("company"), k->login, &row) : ST_NOT_FOUND;
    app_read_end(c);
    if (s == ST_OK && row.company_id.v == c->actor.company.v)
        *ret = (struct clerk_made){.id = row.id, .name = row.name, .mobile = k->mobile};
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status insert(struct ctx *c, const struct clerk_input *in, const struct checked *k,
                          struct str hash, struct account_id *ret)
{
    struct account_insert_row row;
    enum status s =
        q_account_insert(c->db, c->arena,
                         &(struct account_insert_in){
                             .side = STR("company"),
                             .login = k->login,
                             .name = k->name,
                             .company = c->actor.company,
                             .password = account_password_seal(c, STR("company"), k->login, hash),
                             .must_change = true,
                             .onetime = PASSWORD_GIVEN_OUT,
                             .mobile_sealed = account_mobile_seal(c, STR("company"), k->login, k->mobile),
                             .view_only = in->view_only,
                             .now = c->now_ms},
                         &row);
    if (s == ST_OK) *ret = row.id;
    return s == ST_NOT_FOUND ? someone_was_faster(c, "a clerk's number") : s;
}

enum status app_clerk_create(struct ctx *c, const struct clerk_input *in, struct clerk_made *ret)
{
    struct checked k;
    struct str hash, earlier;
    struct clerk_made made = {.password = STR_NONE};
    TRY(need_main_clerk(c));
    check(c, in, &k);
    TRY(problems_status(c));
    TRY(made_before(c, in->once, &k, &made));
    if (made.id.v) {
        *ret = made;
        return ST_OK;
    }
    made = (struct clerk_made){.name = k.name, .mobile = k.mobile, .password = password_one_time(c)};
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    TRY(once_take(c, in->once, STR("created"), &earlier));
    TRY(hold_companies(c, &c->actor.company, 1));
    TRY(check_free(c, k.login, (struct account_id){0}));
    TRY(check_room(c));
    TRY(insert(c, in, &k, hash, &made.id));
    TRY(note(c, "account.clerk_add", k.name, (struct changes){0}));
    TRY(app_commit(c));
    *ret = made;
    return ST_OK;
}

static void note_change(struct ctx *c, struct changes *all, const char *field, struct str before,
                        struct str after)
{
    if (!str_eq(before, after)) *ARENA_PUSH(c->arena, all) = (struct change){str_from(field), before, after};
}

static struct changes changes_of(struct ctx *c, const struct clerk *was, const struct clerk_input *in,
                                 const struct checked *k)
{
    struct changes all = {0};
    note_change(c, &all, "姓名", was->row.name, k->name);
    note_change(c, &all, "手机", mask_mobile(c->arena, was->mobile), mask_mobile(c->arena, k->mobile));
    note_change(c, &all, "权限", was->row.view_only ? STR("只能查看") : STR("可以办理"),
                in->view_only ? STR("只能查看") : STR("可以办理"));
    note_change(c, &all, "状态", was->row.enabled ? STR("启用") : STR("停用"),
                in->enabled ? STR("启用") : STR("停用"));
    return all;
}

/* The company, by which two main clerks' posts wait for each other, and then the account. */
static enum status clerk_hold(struct ctx *c, struct account_id id, struct account_full *ret)
{
    TRY(hold_companies(c, &c->actor.company, 1));
    TRY(hold_accounts(c, &id, 1));
    return clerk_read(c, id, ret);
}

/* Another number is another place of the password, too. */
static enum status save(struct ctx *c, const struct clerk *was, const struct clerk_input *in,
                        const struct checked *k)
{
    struct str hash, side = STR("company");
    TRY(account_password_open(c, side, was->row.login, was->row.password, &hash));
    struct str password = account_password_seal(c, side, k->login, hash);
    struct bytes mobile = account_mobile_seal(c, side, k->login, k->mobile);
    TRY(q_clerk_update(c->db,
                       &(struct clerk_update_in){.id = was->row.id,
                                                 .name = k->name,
                                                 .login = k->login,
                                                 .password = password,
                                                 .mobile_sealed = mobile,
                                                 .view_only = in->view_only,
                                                 .enabled = in->enabled},
                       NULL));
    return in->enabled ? ST_OK : q_sessions_delete_of(c->db, was->row.id, NULL);
}

enum status app_clerk_update(struct ctx *c, struct account_id id, const struct clerk_input *in,
                             int64_t version)
{
    struct checked k;
    struct account_full row;
    struct clerk was;
    TRY(need_main_clerk(c));
    check(c, in, &k);
    TRY(app_begin(c));
    TRY(clerk_hold(c, id, &row));
    TRY(problems_status(c));
    if (row.version != version) return fail(&c->fault, ST_CONFLICT, "这个经办人刚刚被修改过，请刷新后再改");
    TRY(clerk_open(c, &row, &was));
    TRY(check_free(c, k.login, id));
    TRY(save(c, &was, in, &k));
    TRY(note(c, "account.clerk_update", k.name, changes_of(c, &was, in, &k)));
    return app_commit(c);
}

enum status app_clerk_reset(struct ctx *c, struct account_id id, struct clerk_made *ret)
{
    struct clerk_made made = {.id = id, .password = password_one_time(c)};
    struct account_full row;
    struct str hash;
    TRY(need_main_clerk(c));
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    TRY(clerk_hold(c, id, &row));
    TRY(account_mobile_open(c, &row, &made.mobile));
    TRY(account_reset(c, &row, hash, true));
    TRY(note(c, "account.reset", row.name, (struct changes){0}));
    TRY(app_commit(c));
    made.name = row.name;
    *ret = made;
    return ST_OK;
}
