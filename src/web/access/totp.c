#include "web/access/totp.h"

#include "app/access/accounts.h"
#include "gen/views.h"
#include "web/access/login.h"

#include <stddef.h>

struct totp_form {
    struct str code, password;
};
/* The password stands behind the code, for who turns it off. */
static const struct form_field FIELDS[] = {
    {.name = "code",
     .label = "动态码",
     .type = "text",
     .autocomplete = "one-time-code",
     .offset = offsetof(struct totp_form, code),
     .max = 30,
     .required = true,
     .hint = "手机验证器上的 6 位数字；丢了手机，填一个恢复码。"},
    {.name = "password",
     .label = "登录密码",
     .type = "password",
     .autocomplete = "current-password",
     .offset = offsetof(struct totp_form, password),
     .max = 128,
     .required = true},
};
#define CODE     ((struct form){FIELDS, 1})
#define CODE_OFF FORM(FIELDS)

static const struct totp_form EMPTY = {STR_INIT(""), STR_INIT("")};

static enum status show_login_code(struct web *w, struct str next, int status)
{
    struct login_code_view v = {.frame = web_frame_open(w, STR("动态码")),
                                .fields = form_view(w, CODE, &EMPTY),
                                .next = login_path_is_local(next) ? next : STR("")};
    view_login_code(web_html(w), &v);
    return web_page(w, status);
}

enum status page_login_code(struct web *w)
{
    if (!web_cookie_value(w, LOGIN_HALF_COOKIE).n) return web_redirect(w, URL("/login?as=staff"));
    return show_login_code(w, web_query(w, "next"), 200);
}

enum status post_login_code(struct web *w)
{
    struct totp_form form;
    struct str token, next = web_field(w, "next"), half = web_cookie_value(w, LOGIN_HALF_COOKIE);
    form_read(w, CODE, &form);
    if (!half.n) return web_redirect(w, URL("/login?as=staff"));
    enum status s = app_login_code(&w->c, half, form.code, w->address, &token);
    if (s == ST_BAD_INPUT) return show_login_code(w, next, 422);
    if (s == ST_LOGIN) return web_redirect(w, URL("/login?as=staff"));
    if (s) return s;
    web_cookie_delete(w, LOGIN_HALF_COOKIE);
    return login_done(w, token, login_path_is_local(next) ? next : STR(""));
}

static struct str in_fours(struct arena *a, struct str text)
{
    struct str grouped = STR("");
    for (size_t i = 0; i < text.n; i += 4)
        grouped = arena_fmt(a, "%.*s%s%.*s", STR_ARG(grouped), i ? " " : "", STR_ARG(str_sub(text, i, 4)));
    return grouped;
}

static enum status show_totp(struct web *w, const struct recovery_codes *codes, int status)
{
    struct totp_view v = {.off = str_eq(web_query(w, "off"), STR("1"))};
    TRY(app_totp(&w->c, w->session, &v.card));
    v.frame = web_frame(w, STR("动态码"), NULL);
    v.fields = form_view(w, v.card.on ? CODE_OFF : CODE, &EMPTY);
    if (codes) v.recovery = *codes;
    v.grouped = in_fours(w->q->arena, v.card.secret);
    view_totp(web_html(w), &v);
    return web_page(w, status);
}

enum status page_totp(struct web *w)
{
    return show_totp(w, NULL, 200);
}

static enum status turn_off(struct web *w, const struct totp_form *form)
{
    enum status s = app_again(&w->c, w->session, form->password);
    if (s == ST_OK) s = app_totp_off(&w->c, form->code);
    if (s == ST_BAD_INPUT) return show_totp(w, NULL, 422);
    return s ? s : web_redirect(w, URL("/totp?off=1"));
}

enum status post_totp(struct web *w)
{
    struct totp_form form;
    struct recovery_codes codes;
    form_read(w, CODE_OFF, &form);
    if (web_flag(w, "off")) return turn_off(w, &form);
    enum status s = app_totp_on(&w->c, w->session, form.code, &codes);
    if (s == ST_BAD_INPUT) return show_totp(w, NULL, 422);
    return s ? s : show_totp(w, &codes, 200);
}

enum status post_staff_account_reset_totp(struct web *w)
{
    struct account_id id;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_totp_reset(&w->c, id));
    return web_redirect(w, url_path(w->q->arena, "/staff/accounts/%ld?saved=1", (long)id.v));
}
