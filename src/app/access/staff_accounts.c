#include "app/access/staff_accounts.h"

#include "app/access/accounts.h"
#include "app/access/roles.h"
#include "app/access/totp.h"
#include "app/core/cursor.h"
#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/once.h"
#include "app/core/settings.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/fold.h"
#include "domain/password_life.h"
#include "gen/queries.h"

#define ORDER      "staff" /* of the cursors */
#define STAFF_MAX  2000    /* accounts that a list looks at */
#define NAME_LEAST 2       /* bytes */
#define NAME_MOST  60

static const struct {
    const char *code, *label;
} TABS[STAFF_TABS] = {[STAFF_ALL] = {"", "全部"},
                      [STAFF_ENABLED] = {"enabled", "启用"},
                      [STAFF_DISABLED] = {"disabled", "已停用"},
                      [STAFF_STALE] = {"stale", "久未登录"}};

bool staff_tab_parse(struct str code, enum staff_tab *ret)
{
    for (int i = 0; i < STAFF_TABS; i++) {
        if (!str_eq(str_or_empty(code), str_from(TABS[i].code))) continue;
        *ret = (enum staff_tab)i;
        return true;
    }
    return false;
}

const char *staff_tab_code(enum staff_tab tab)
{
    return TABS[tab].code;
}

const char *staff_tab_label(enum staff_tab tab)
{
    return TABS[tab].label;
}

static struct staff_item item_of(const struct ctx *c, const struct account_full *row)
{
    int64_t last = row->login_at ? row->login_at : row->created_at;
    struct day until = day_add(day_at(last), (int)c->settings->stale_days);
    return (struct staff_item){.row = *row, .stale = row->enabled && day_cmp(c->today, until) > 0};
}

static bool is_in(const struct staff_item *item, enum staff_tab tab)
{
    switch (tab) {
    case STAFF_ALL:
        break;
    case STAFF_ENABLED:
        return item->row.enabled;
    case STAFF_DISABLED:
        return !item->row.enabled;
    case STAFF_STALE:
        return item->stale;
    }
    return true;
}

static bool is_found(struct ctx *c, const struct account_full *row, struct str folded)
{
    size_t at;
    struct str roles = roles_text(c->arena, (unsigned)row->roles);
    return !folded.n || str_find(search_fold(c->arena, row->name), folded, &at) ||
           str_find(search_fold(c->arena, roles), folded, &at);
}

/* Where a row is that a cursor names; all->n: it is not in the list any more. */
static size_t place_of(const struct staff_items *all, int64_t id)
{
    size_t i = 0;
    while (i < all->n && all->p[i].row.id.v != id)
        i++;
    return i;
}

/* Which of the rows are a page: behind `after`, or before `before`; else the first ones. */
static void cut_page(struct ctx *c, const struct staff_items *all, const struct page_want *want,
                     struct staff_page *page)
{
    struct day unused;
    int64_t id = 0;
    size_t size = (size_t)want->size, from = 0, at;
    if (list_cursor_read(c, ORDER, want->before, &unused, &id))
        from = (at = place_of(all, id)) < all->n && at > size ? at - size : 0;
    else if (list_cursor_read(c, ORDER, want->after, &unused, &id))
        from = (at = place_of(all, id)) < all->n ? at + 1 : 0;
    size_t end = all->n - from > size ? from + size : all->n;
    for (size_t i = from; i < end; i++)
        *ARENA_PUSH(c->arena, &page->items) = all->p[i];
    if (from && end > from) page->previous = list_cursor(c, ORDER, DAY_NONE, all->p[from].row.id.v);
    if (end > from && end < all->n) page->next = list_cursor(c, ORDER, DAY_NONE, all->p[end - 1].row.id.v);
}

enum status app_staff_accounts_list(struct ctx *c, enum staff_tab tab, struct str q,
                                    const struct page_want *want, struct staff_page *ret)
{
    struct account_fulls rows;
    struct staff_items all = {0};
    struct staff_page page = {0};
    struct str folded = search_fold(c->arena, text_clean(c->arena, q));
    TRY(need_role(c, ROLE_SYSTEM));
    TRY(app_read(c));
    TRY(q_staff_accounts(c->db, c->arena, STAFF_MAX, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct staff_item item = item_of(c, &rows.p[i]);
        if (!is_found(c, &item.row, folded)) continue;
        for (int t = 0; t < STAFF_TABS; t++)
            page.counts[t] += is_in(&item, (enum staff_tab)t);
        if (is_in(&item, tab)) *ARENA_PUSH(c->arena, &all) = item;
    }
    cut_page(c, &all, want, &page);
    *ret = page;
    return ST_OK;
}

static enum status staff_read(struct ctx *c, struct account_id id, struct account_full *ret)
{
    struct account_full row;
    enum status s = q_account_by_id(c->db, c->arena, id, &row);
    if (s == ST_NOT_FOUND || (s == ST_OK && !str_eq(row.side, STR("staff")))) return not_found(c);
    if (s == ST_OK) *ret = row;
    return s;
}

enum status app_staff_account(struct ctx *c, struct account_id id, struct staff_item *ret)
{
    struct account_full row;
    TRY(need_role(c, ROLE_SYSTEM));
    TRY(app_read(c));
    TRY(staff_read(c, id, &row));
    struct staff_item item = item_of(c, &row);
    TRY(totp_is_on(c, id, &item.totp));
    *ret = item;
    return ST_OK;
}

bool staff_name_read(struct ctx *c, struct str typed, struct str *ret)
{
    struct str name = text_clean(c->arena, utf8_half_width(c->arena, typed));
    if (name.n < NAME_LEAST || name.n > NAME_MOST || !text_is_line(name)) return false;
    *ret = name;
    return true;
}

static struct str state_label(bool enabled)
{
    return enabled ? STR("启用") : STR("停用");
}

static struct change role_change(struct ctx *c, unsigned before, unsigned after)
{
    return (struct change){STR("角色"), roles_text(c->arena, before), roles_text(c->arena, after)};
}

enum status staff_insert(struct ctx *c, struct str name, unsigned roles, struct str hash, bool onetime,
                         struct account_id *ret)
{
    struct account_insert_row row;
    struct audit_note note = {.event = "account.add", .note = name};
    struct account_insert_in in = {.side = STR("staff"),
                                   .login = name,
                                   .name = name,
                                   .roles = roles,
                                   .password = account_password_seal(c, STR("staff"), name, hash),
                                   .must_change = true,
                                   .onetime = onetime ? PASSWORD_GIVEN_OUT : PASSWORD_CHOSEN,
                                   .now = c->now_ms};
    enum status s = q_account_insert(c->db, c->arena, &in, &row);
    if (s == ST_NOT_FOUND) return ST_CONFLICT;
    if (s) return s;
    *ARENA_PUSH(c->arena, &note.changes) = role_change(c, 0, roles);
    *ret = row.id;
    return audit_add(c, &note);
}

enum status staff_hold(struct ctx *c, struct account_id id, struct account_full *ret)
{
    struct staff_with_role_rows rows;
    TRY(q_staff_with_role(c->db, c->arena, ROLE_SYSTEM, &rows));
    struct account_id *ids = ARENA_ARRAY(c->arena, rows.n + 1, struct account_id);
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = rows.p[i].id;
    ids[rows.n] = id;
    TRY(hold_accounts(c, ids, rows.n + 1));
    return staff_read(c, id, ret);
}

/* Whether it manages accounts now, would not any more, and is the last. */
static enum status check_last(struct ctx *c, const struct account_full *was, unsigned roles, bool enabled)
{
    struct staff_others_with_role_row others;
    bool manages = was->enabled && (was->roles & ROLE_SYSTEM), will = enabled && (roles & ROLE_SYSTEM);
    if (!manages || will) return ST_OK;
    TRY(q_staff_others_with_role(c->db, c->arena, ROLE_SYSTEM, was->id, &others));
    return others.n ? ST_OK : ST_CONFLICT;
}

enum status staff_stand(struct ctx *c, const struct account_full *was, unsigned roles, bool enabled)
{
    struct audit_note role = {.event = "account.role", .note = was->login};
    struct audit_note standing = {.event = enabled ? "account.enable" : "account.disable",
                                  .note = was->login};
    TRY(check_last(c, was, roles, enabled));
    TRY(q_account_set_standing(c->db, was->id, roles, enabled, NULL));
    if (!enabled) TRY(q_sessions_delete_of(c->db, was->id, NULL));
    *ARENA_PUSH(c->arena, &role.changes) = role_change(c, (unsigned)was->roles, roles);
    if ((unsigned)was->roles != roles) TRY(audit_add(c, &role));
    *ARENA_PUSH(c->arena, &standing.changes) =
        (struct change){STR("状态"), state_label(was->enabled), state_label(enabled)};
    return was->enabled != enabled ? audit_add(c, &standing) : ST_OK;
}

static void check_roles(struct ctx *c, struct str words, unsigned *ret)
{
    if (!words.n)
        problem_add(&c->problems, "role", "请至少选择一个角色");
    else if (!roles_parse(words, ret))
        problem_add(&c->problems, "role", "系统管理员、安全管理员、审计员三者互斥，也不能同时有其他角色");
}

static enum status name_taken(struct ctx *c)
{
    problem_add(&c->problems, "name", "已有这个用户名的账号");
    return ST_BAD_INPUT;
}

/* What this form made when it was sent before; id 0: nothing. */
static enum status made_before(struct ctx *c, struct str once, struct str name, struct staff_made *ret)
{
    struct account_full row;
    bool sent_before;
    TRY(app_read(c));
    TRY(once_taken(c, once, &sent_before));
    enum status s =
        sent_before ? q_account_by_login(c->db, c->arena, STR("staff"), name, &row) : ST_NOT_FOUND;
    app_read_end(c);
    if (s == ST_OK) *ret = (struct staff_made){.id = row.id, .name = row.name};
    return s == ST_NOT_FOUND ? ST_OK : s;
}

enum status app_staff_account_create(struct ctx *c, const struct staff_input *in, struct staff_made *ret)
{
    unsigned roles = 0;
    struct str hash, earlier;
    struct staff_made made = {.password = STR_NONE};
    TRY(need_role(c, ROLE_SYSTEM));
    if (!staff_name_read(c, in->name, &made.name))
        problem_add(&c->problems, "name", "请填写用户名，%d–%d 个字母或数字（汉字不超过 %d 个）", NAME_LEAST,
                    NAME_MOST, NAME_MOST / 3);
    check_roles(c, in->roles, &roles);
    TRY(problems_status(c));
    TRY(made_before(c, in->once, made.name, &made));
    if (made.id.v) {
        *ret = made;
        return ST_OK;
    }
    made.password = password_one_time(c);
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    TRY(once_take(c, in->once, STR("created"), &earlier));
    enum status s = staff_insert(c, made.name, roles, hash, true, &made.id);
    if (s == ST_CONFLICT) return name_taken(c);
    TRY(s);
    TRY(app_commit(c));
    *ret = made;
    return ST_OK;
}

static enum status last_one(struct ctx *c, const struct staff_input *in)
{
    problem_add(&c->problems, in->enabled ? "role" : "enabled",
                "这是最后一个启用的系统管理员，请先给另一个账号这个角色");
    return ST_BAD_INPUT;
}

enum status app_staff_account_update(struct ctx *c, struct account_id id, const struct staff_input *in,
                                     int64_t version)
{
    unsigned roles = 0;
    struct account_full was;
    TRY(need_role(c, ROLE_SYSTEM));
    TRY(app_begin(c));
    TRY(staff_hold(c, id, &was));
    if (in->name.n && !str_eq(str_trim(in->name), was.login))
        problem_add(&c->problems, "name", "用户名不能修改；请新增一个账号，停用这一个");
    check_roles(c, in->roles, &roles);
    TRY(problems_status(c));
    if (was.version != version) return fail(&c->fault, ST_CONFLICT, "这个账号刚刚被别人修改过，请刷新后再改");
    enum status s = staff_stand(c, &was, roles, in->enabled);
    if (s == ST_CONFLICT) return last_one(c, in);
    TRY(s);
    return app_commit(c);
}

enum status app_staff_account_reset(struct ctx *c, struct account_id id, struct staff_made *ret)
{
    struct staff_made made = {.id = id, .password = password_one_time(c)};
    struct account_full row;
    struct str hash;
    TRY(need_role(c, ROLE_SYSTEM));
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    TRY(hold_accounts(c, &id, 1));
    TRY(staff_read(c, id, &row));
    TRY(account_reset(c, &row, hash, true));
    TRY(audit_add(c, &(struct audit_note){.event = "account.reset", .note = row.login}));
    TRY(app_commit(c));
    made.name = row.name;
    *ret = made;
    return ST_OK;
}
