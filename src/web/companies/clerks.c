#include "web/companies/clerks.h"

#include "app/core/settings.h"
#include "domain/mask.h"
#include "gen/views.h"
#include "web/access/one_time.h"

#include <stddef.h>

#define MENU "/company/clerks"

struct clerk_form {
    struct str name, mobile;
};
static const struct form_field CLERK_FIELDS[] = {
    {.name = "name",
     .label = "姓名",
     .type = "text",
     .offset = offsetof(struct clerk_form, name),
     .max = 50,
     .required = true},
    {.name = "mobile",
     .label = "手机号",
     .type = "tel",
     .offset = offsetof(struct clerk_form, mobile),
     .max = 30,
     .required = true,
     .hint = "经办人在企业登录页用它登录。"},
};

static struct url clerk_url(struct web *w, struct account_id id)
{
    return url_path(w->q->arena, "/company/clerks/%ld", (long)id.v);
}

static struct clerk_input input_of(const struct web *w, struct clerk_form *ret_form)
{
    form_read(w, FORM(CLERK_FIELDS), ret_form);
    return (struct clerk_input){.name = ret_form->name,
                                .mobile = ret_form->mobile,
                                .view_only = web_flag(w, "view_only"),
                                .enabled = web_flag(w, "enabled"),
                                .once = web_field(w, "once")};
}

static struct clerk_form_view form_of(struct web *w, const struct clerk_form *values,
                                      const struct clerk_input *in)
{
    return (struct clerk_form_view){.fields = form_view(w, FORM(CLERK_FIELDS), values),
                                    .view_only = in->view_only,
                                    .enabled = in->enabled,
                                    .wrong = (int)w->c.problems.n};
}

static struct clerk_row_view row_of(struct web *w, const struct clerk *k)
{
    int64_t at = k->row.login_at;
    return (struct clerk_row_view){
        .clerk = *k,
        .mobile = k->mobile.n ? mask_mobile(w->q->arena, k->mobile) : STR_NONE,
        .login = at ? str_sub(instant_str(w->q->arena, at), 0, sizeof "2026-11-23 16:05" - 1) : STR_NONE,
        .page = k->row.main ? (struct url){STR_NONE} : clerk_url(w, k->row.id),
    };
}

static enum status show_clerks(struct web *w, const struct clerk_form *typed, const struct clerk_input *in,
                               struct str once, int status)
{
    struct clerks list;
    TRY(app_clerks_list(&w->c, &list));
    struct clerks_view v = {
        .frame = web_frame(w, STR("经办人"), MENU),
        .form = form_of(w, typed, in),
        .once = once,
        .form_open = w->c.problems.n || list.n == 1,
    };
    for (size_t i = 0; i < list.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) = row_of(w, &list.p[i]);
    view_clerks(web_html(w), &v);
    return web_page(w, status);
}

enum status page_company_clerks(struct web *w)
{
    static const struct clerk_form EMPTY = {STR_INIT(""), STR_INIT("")};
    return show_clerks(w, &EMPTY, &(struct clerk_input){.enabled = true}, web_once(w), 200);
}

static enum status show_one_time(struct web *w, const struct clerk_made *made)
{
    struct one_time_view v = {
        .frame = web_frame(w, STR("一次性密码"), MENU),
        .name = made->name,
        .account = made->mobile,
        .password = made->password,
        .days = w->c.settings->onetime_days,
        .list_label = STR("经办人"),
        .list = URL(MENU),
        .page = clerk_url(w, made->id),
    };
    view_one_time(web_html(w), &v);
    return web_page(w, 200);
}

enum status post_company_clerks(struct web *w)
{
    struct clerk_form form;
    struct clerk_made made;
    struct clerk_input in = input_of(w, &form);
    enum status s = app_clerk_create(&w->c, &in, &made);
    if (s == ST_BAD_INPUT) return show_clerks(w, &form, &in, in.once, 422);
    if (s) return s;
    if (!made.password.n)
        return web_redirect(w, url_query(w->q->arena, clerk_url(w, made.id), {"saved", STR("before")}));
    return show_one_time(w, &made);
}

static enum status show_clerk(struct web *w, const struct clerk *k, struct clerk_form_view form, int status)
{
    struct account_id id = k->row.id;
    struct clerk_view v = {
        .frame = web_frame(w, k->row.name, MENU),
        .clerk = *k,
        .form = form,
        .page = clerk_url(w, id),
        .reset = url_path(w->q->arena, "/company/clerks/%ld/reset-password", (long)id.v),
        .saved = str_eq(web_query(w, "saved"), STR("1")),
        .made_before = str_eq(web_query(w, "saved"), STR("before")),
    };
    v.form.asks_enabled = true;
    view_clerk(web_html(w), &v);
    return web_page(w, status);
}

enum status page_company_clerk(struct web *w)
{
    struct account_id id;
    struct clerk k;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_clerk(&w->c, id, &k));
    struct clerk_form stored = {k.row.name, str_or_empty(k.mobile)};
    struct clerk_form_view form =
        form_of(w, &stored, &(struct clerk_input){.view_only = k.row.view_only, .enabled = k.row.enabled});
    form.version = k.row.version;
    return show_clerk(w, &k, form, 200);
}

enum status post_company_clerk(struct web *w)
{
    struct account_id id;
    struct clerk k;
    struct clerk_form form;
    int64_t version = 0; /* none is a stale one */
    TRY(web_id(w, w->args[0], &id.v));
    struct clerk_input in = input_of(w, &form);
    str_int(web_field(w, "version"), &version);
    enum status s = app_clerk_update(&w->c, id, &in, version);
    if (s == ST_OK) return web_redirect(w, url_query(w->q->arena, clerk_url(w, id), {"saved", STR("1")}));
    if (s != ST_BAD_INPUT) return s;
    TRY(app_clerk(&w->c, id, &k));
    struct clerk_form_view typed = form_of(w, &form, &in);
    typed.version = version;
    return show_clerk(w, &k, typed, 422);
}

enum status post_company_clerk_reset(struct web *w)
{
    struct account_id id;
    struct clerk_made made;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_clerk_reset(&w->c, id, &made));
    return show_one_time(w, &made);
}
