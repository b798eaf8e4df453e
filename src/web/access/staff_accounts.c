#include "web/access/staff_accounts.h"

#include "app/access/roles.h"
#include "app/core/settings.h"
#include "gen/views.h"
#include "web/access/one_time.h"

#include <stddef.h>

#define MENU "/staff/accounts"

struct staff_form {
    struct str name;
};
static const struct form_field NAME_FIELDS[] = {
    {.name = "name",
     .label = "用户名",
     .type = "text",
     .offset = offsetof(struct staff_form, name),
     .max = 60,
     .required = true,
     .hint = "用来登录，以后不能修改。"},
};

static struct url account_url(struct web *w, struct account_id id)
{
    return url_path(w->q->arena, "/staff/accounts/%ld", (long)id.v);
}

/* 2026-11-23 16:05 */
static struct str minute(struct web *w, int64_t ms)
{
    return ms ? str_sub(instant_str(w->q->arena, ms), 0, sizeof "2026-11-23 16:05" - 1) : STR_NONE;
}

/* Each box that was ticked is a field of its own. */
static struct str roles_typed(struct web *w)
{
    struct str words = STR("");
    for (size_t i = 0; i < w->q->fields.n; i++)
        if (str_eq(w->q->fields.p[i].name, STR("role")))
            words = arena_fmt(w->q->arena, "%.*s%s%.*s", STR_ARG(words), words.n ? "," : "",
                              STR_ARG(w->q->fields.p[i].value));
    return words;
}

static struct staff_input input_of(struct web *w)
{
    return (struct staff_input){.name = str_or_empty(web_field(w, "name")),
                                .roles = roles_typed(w),
                                .enabled = web_flag(w, "enabled"),
                                .once = web_field(w, "once")};
}

static bool has_word(struct str words, const char *word)
{
    struct str one;
    for (bool more = true; more;) {
        more = str_cut(words, ',', &one, &words);
        if (str_eq(one, str_from(word))) return true;
    }
    return false;
}

/* As it is stored, or as it was typed. */
static struct staff_form_view form_of(struct web *w, bool is_new, const struct staff_input *in)
{
    const struct role_word *role;
    struct staff_form values = {in->name};
    struct staff_form_view v = {.role_error = form_error(w, "role"),
                                .enabled_error = form_error(w, "enabled"),
                                .asks_enabled = !is_new,
                                .enabled = in->enabled,
                                .wrong = (int)w->c.problems.n};
    if (is_new) v.fields = form_view(w, FORM(NAME_FIELDS), &values);
    v.role_focus = form_focus(w, v.role_error);
    v.enabled_focus = form_focus(w, v.enabled_error);
    for (size_t i = 0; (role = role_at(i)); i++)
        *ARENA_PUSH(w->q->arena, &v.roles) = (struct role_view){str_from(role->word), str_from(role->label),
                                                                has_word(in->roles, role->word), role->alone};
    return v;
}

static enum status show_new(struct web *w, const struct staff_input *in, struct str once, int status)
{
    struct staff_account_new_view v = {
        .frame = web_frame(w, STR("新增账号"), MENU), .once = once, .form = form_of(w, true, in)};
    view_staff_account_new(web_html(w), &v);
    return web_page(w, status);
}

static enum status page_staff_account_new(struct web *w)
{
    struct staff_input none = {.name = STR(""), .roles = STR("")};
    TRY(need_role(&w->c, ROLE_SYSTEM));
    return show_new(w, &none, web_once(w), 200);
}

static struct url list_at(struct web *w, enum staff_tab tab, struct str q)
{
    return url_query(w->q->arena, URL(MENU), {"status", str_from(staff_tab_code(tab))}, {"q", q});
}

static struct staff_row_view row_of(struct web *w, const struct staff_item *item)
{
    return (struct staff_row_view){
        .item = *item,
        .roles = roles_text(w->q->arena, (unsigned)item->row.roles),
        .login = item->row.login_at ? day_at(item->row.login_at) : DAY_NONE,
        .page = account_url(w, item->row.id),
    };
}

enum status page_staff_accounts(struct web *w)
{
    struct page_want want = list_page_read(&w->q->query);
    struct str q;
    enum staff_tab tab;
    struct staff_page page;
    if (web_query(w, "new").n) return page_staff_account_new(w);
    if (!staff_tab_parse(web_query(w, "status"), &tab))
        return fail(&w->c.fault, ST_BAD_INPUT, "没有这样的状态");
    TRY(list_q_read(w, &w->q->query, &q));
    TRY(app_staff_accounts_list(&w->c, tab, q, &want, &page));
    struct staff_accounts_view v = {
        .frame = web_frame(w, STR("账号管理"), MENU),
        .status = str_from(staff_tab_code(tab)),
        .q = q,
        .pager = list_pager(w, list_at(w, tab, q), want.size, page.previous, page.next),
        .stale_days = w->c.settings->stale_days,
    };
    v.pager.total = page.counts[tab];
    for (int t = 0; t < STAFF_TABS; t++)
        *ARENA_PUSH(w->q->arena, &v.tabs) =
            (struct tab_view){.label = str_from(staff_tab_label((enum staff_tab)t)),
                              .status = str_from(staff_tab_code((enum staff_tab)t)),
                              .url = list_at(w, (enum staff_tab)t, q),
                              .count = page.counts[t],
                              .current = t == (int)tab};
    for (size_t i = 0; i < page.items.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) = row_of(w, &page.items.p[i]);
    view_staff_accounts(web_html(w), &v);
    return web_page(w, 200);
}

static enum status show_one_time(struct web *w, const struct staff_made *made)
{
    struct one_time_view v = {
        .frame = web_frame(w, STR("一次性密码"), MENU),
        .name = made->name,
        .account = made->name,
        .password = made->password,
        .days = w->c.settings->onetime_days,
        .list_label = STR("账号管理"),
        .list = URL(MENU),
        .page = account_url(w, made->id),
    };
    view_one_time(web_html(w), &v);
    return web_page(w, 200);
}

enum status post_staff_accounts(struct web *w)
{
    struct staff_made made;
    struct staff_input in = input_of(w);
    enum status s = app_staff_account_create(&w->c, &in, &made);
    if (s == ST_BAD_INPUT) return show_new(w, &in, in.once, 422);
    if (s) return s;
    if (!made.password.n)
        return web_redirect(w, url_query(w->q->arena, account_url(w, made.id), {"saved", STR("before")}));
    return show_one_time(w, &made);
}

static enum status show_account(struct web *w, const struct staff_item *item, const struct staff_input *in,
                                int64_t version, int status)
{
    struct account_id id = item->row.id;
    struct staff_account_view v = {
        .frame = web_frame(w, item->row.name, MENU),
        .item = *item,
        .form = form_of(w, false, in),
        .page = account_url(w, id),
        .reset = url_path(w->q->arena, "/staff/accounts/%ld/reset-password", (long)id.v),
        .reset_totp = url_path(w->q->arena, "/staff/accounts/%ld/reset-totp", (long)id.v),
        .login = minute(w, item->row.login_at),
        .created = minute(w, item->row.created_at),
        .saved = str_eq(web_query(w, "saved"), STR("1")),
        .made_before = str_eq(web_query(w, "saved"), STR("before")),
    };
    v.form.version = version;
    view_staff_account(web_html(w), &v);
    return web_page(w, status);
}

static struct str role_words(struct web *w, unsigned roles)
{
    struct str words = STR("");
    const struct role_word *role;
    for (size_t i = 0; (role = role_at(i)); i++)
        if (roles & role->role)
            words = arena_fmt(w->q->arena, "%.*s%s%s", STR_ARG(words), words.n ? "," : "", role->word);
    return words;
}

enum status page_staff_account(struct web *w)
{
    struct account_id id;
    struct staff_item item;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_staff_account(&w->c, id, &item));
    struct staff_input stored = {.roles = role_words(w, (unsigned)item.row.roles),
                                 .enabled = item.row.enabled};
    return show_account(w, &item, &stored, item.row.version, 200);
}

enum status post_staff_account(struct web *w)
{
    struct account_id id;
    struct staff_item item;
    int64_t version = 0; /* none is a stale one */
    TRY(web_id(w, w->args[0], &id.v));
    struct staff_input in = input_of(w);
    str_int(web_field(w, "version"), &version);
    enum status s = app_staff_account_update(&w->c, id, &in, version);
    if (s == ST_OK) return web_redirect(w, url_query(w->q->arena, account_url(w, id), {"saved", STR("1")}));
    if (s != ST_BAD_INPUT) return s;
    TRY(app_staff_account(&w->c, id, &item));
    return show_account(w, &item, &in, version, 422);
}

enum status post_staff_account_reset(struct web *w)
{
    struct account_id id;
    struct staff_made made;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_staff_account_reset(&w->c, id, &made));
    return show_one_time(w, &made);
}
