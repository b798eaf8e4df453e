#include "web/access/login.h"

#include "app/access/accounts.h"
#include "app/access/kept.h"
#include "app/access/sessions.h"
#include "gen/views.h"
#include "web/core/hello.h"

#include <stddef.h>

static const char *const ACCOUNT_HINTS[] = {
    [SIDE_MEMBER] = "身份证号", [SIDE_COMPANY] = "企业名称", [SIDE_STAFF] = "用户名"};
static const char *const TAB_LABELS[] = {
    [SIDE_MEMBER] = "个人登录", [SIDE_COMPANY] = "企业登录", [SIDE_STAFF] = "协会登录"};

#define KEPT_SECONDS 3600 /* as long as it is kept */
#define HALF_SECONDS 300  /* as long as it is good */

struct login_form {
    struct str account, password;
};
static const struct form_field LOGIN_FIELDS[] = {
    {.name = "account",
     .label = "账号",
     .type = "text",
     .autocomplete = "username",
     .offset = offsetof(struct login_form, account),
     .max = 200,
     .required = true},
    {.name = "password",
     .label = "密码",
     .type = "password",
     .autocomplete = "current-password",
     .offset = offsetof(struct login_form, password),
     .max = 128,
     .required = true},
};

static struct url home_of(struct web *w)
{
    const struct url homes[] = {
        [SIDE_MEMBER] = URL("/me"), [SIDE_COMPANY] = URL("/company/members"), [SIDE_STAFF] = URL("/staff")};
    if (!w->c.actor.account.v) return URL("/login");
    return web_progress_only(w) ? URL("/me/progress") : homes[w->c.actor.side];
}

enum status page_root(struct web *w)
{
    return web_redirect(w, home_of(w));
}

bool login_path_is_local(struct str s)
{
    if (s.n < 1 || s.p[0] != '/' || (s.n > 1 && (s.p[1] == '/' || s.p[1] == '\\'))) return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7F || s.p[i] == '\\') return false;
    return true;
}

static enum status show_login(struct web *w, enum side as, struct str next, bool ended,
                              const struct login_form *form, int status)
{
    struct login_view v = {
        .frame = web_frame_open(w, STR("登录")),
        .as = str_from(side_code(as)),
        .next = next,
        .ended = ended,
        .activated = str_eq(web_query(w, "activated"), STR("1")),
        .error = form_error(w, "password"),
    };
    if (as != SIDE_STAFF) v.forgot = url_query(w->q->arena, URL("/forgot"), {"as", str_from(side_code(as))});
    v.fields = form_view(w, FORM(LOGIN_FIELDS), form);
    v.fields.p[0].label = str_from(ACCOUNT_HINTS[as]);
    v.fields.p[1].error = STR_NONE; /* it stands above the form: it does not say which of the two is wrong */
    TRY(web_captcha_view(w, &v.captcha));
    v.captcha.focus = v.captcha.error.n && !v.error.n;
    for (int side = 0; side < SIDE_COUNT; side++)
        *ARENA_PUSH(w->q->arena, &v.tabs) = (struct tab_view){
            .label = str_from(TAB_LABELS[side]),
            .url = url_query(w->q->arena, URL("/login"), {"as", str_from(side_code((enum side)side))},
                             {"next", next}),
            .current = side == (int)as,
        };
    view_login(web_html(w), &v);
    return web_page(w, status);
}

enum status page_login(struct web *w)
{
    struct actor ended = {.side = SIDE_MEMBER};
    struct str next = web_query(w, "next");
    if (w->session.n && !w->c.actor.account.v) {
        enum status s = app_session_ended(&w->c, w->session, &ended);
        if (s != ST_OK && s != ST_NOT_FOUND) return s;
    }
    enum side as = ended.side;
    if (!side_parse(web_query(w, "as"), &as)) {
        if (str_starts(next, STR("/company"))) as = SIDE_COMPANY;
        if (str_starts(next, STR("/staff"))) as = SIDE_STAFF;
    }
    return show_login(w, as, login_path_is_local(next) ? next : STR(""), ended.account.v != 0,
                      &(struct login_form){STR(""), STR("")}, 200);
}

static void set_session(struct web *w, struct str token)
{
    web_cookie(w, "hy", token, 0);
}

enum status login_promise_kept(struct web *w, struct str token)
{
    bool kept;
    TRY(app_kept_waiting(&w->c, token, &kept));
    if (kept) web_cookie(w, "hy_kept", STR("1"), KEPT_SECONDS);
    return ST_OK;
}

enum status login_done(struct web *w, struct str token, struct str next)
{
    set_session(w, token);
    hello_promise(w);
    TRY(login_promise_kept(w, token));
    return next.n ? web_redirect(w, (struct url){next}) : web_redirect(w, URL("/"));
}

static enum status ask_code(struct web *w, struct str half, struct str next)
{
    web_cookie(w, LOGIN_HALF_COOKIE, half, HALF_SECONDS);
    return web_redirect(w, url_query(w->q->arena, URL("/login/code"), {"next", next}));
}

static void missing_add(struct web *w, enum side as, const struct login_form *form)
{
    if (!form->account.n) problem_add(&w->c.problems, "account", "请填写%s", ACCOUNT_HINTS[as]);
    if (!form->password.n) problem_add(&w->c.problems, "password", "请填写密码");
}

enum status post_login(struct web *w)
{
    struct login_form form;
    struct str token, next = web_field(w, "next");
    enum side as = SIDE_MEMBER;
    form_read(w, FORM(LOGIN_FIELDS), &form);
    if (!login_path_is_local(next)) next = STR("");
    side_parse(web_field(w, "as"), &as);
    TRY(web_captcha_spend(w));
    missing_add(w, as, &form);
    struct str half = STR_NONE;
    struct login_input in = {as, form.account, form.password, w->address};
    enum status s = w->c.problems.n ? ST_BAD_INPUT : app_login_begin(&w->c, &in, &token, &half);
    if (s == ST_BAD_INPUT) return show_login(w, as, next, false, &form, 422);
    if (s) return s;
    if (half.n) return ask_code(w, half, next);
    return login_done(w, token, next);
}

enum status post_logout(struct web *w)
{
    TRY(app_logout(&w->c, w->session));
    web_cookie_delete(w, "hy");
    http_header(w->q, w->r, "Clear-Site-Data", STR("\"cache\", \"storage\""));
    return web_redirect(w, URL("/login"));
}

struct password_form {
    struct str current, password, password_again;
};
static const struct form_field PASSWORD_FIELDS[] = {
    {.name = "current",
     .label = "当前密码",
     .type = "password",
     .autocomplete = "current-password",
     .offset = offsetof(struct password_form, current),
     .max = 128,
     .required = true},
    {.name = "password",
     .label = "新密码",
     .type = "password",
     .autocomplete = "new-password",
     .offset = offsetof(struct password_form, password),
     .max = 128,
     .required = true},
    {.name = "password_again",
     .label = "再输一次新密码",
     .type = "password",
     .autocomplete = "new-password",
     .offset = offsetof(struct password_form, password_again),
     .max = 128,
     .required = true},
};
static const char *const PASSWORD_HINTS[] = {
    [SIDE_MEMBER] = "8 至 128 位，同时有字母和数字，不能包含身份证号。",
    [SIDE_COMPANY] = "8 至 128 位，大写字母、小写字母、数字、符号中至少有三种。",
    [SIDE_STAFF] = "8 至 128 位，大写字母、小写字母、数字、符号中至少有三种。",
};

static enum status show_password(struct web *w, bool done, int status)
{
    struct password_form none = {STR(""), STR(""), STR("")};
    struct password_view v = {
        .frame = web_frame(w, STR("修改密码"), "/password"),
        .must_change = w->c.actor.must_change,
        .old = w->c.actor.password_old,
        .done = done,
    };
    v.fields = form_view(w, FORM(PASSWORD_FIELDS), &none);
    v.fields.p[1].hint = str_from(PASSWORD_HINTS[w->c.actor.side]);
    view_password(web_html(w), &v);
    return web_page(w, status);
}

enum status page_password(struct web *w)
{
    return show_password(w, str_eq(web_query(w, "done"), STR("1")), 200);
}

enum status post_password(struct web *w)
{
    struct password_form form;
    struct str token;
    form_read(w, FORM(PASSWORD_FIELDS), &form);
    enum status s = app_password_change(&w->c, form.current, form.password, form.password_again, &token);
    if (s == ST_BAD_INPUT) return show_password(w, false, 422);
    if (s) return s;
    set_session(w, token);
    return web_redirect(w, w->c.actor.must_change ? URL("/") : URL("/password?done=1"));
}
