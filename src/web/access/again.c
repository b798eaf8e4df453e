#include "web/access/again.h"

#include "app/access/accounts.h"
#include "app/core/settings.h"
#include "gen/views.h"
#include "web/access/login.h"

#include <stddef.h>

struct again_form {
    struct str password;
};
static const struct form_field FIELDS[] = {
    {.name = "password",
     .label = "登录密码",
     .type = "password",
     .autocomplete = "current-password",
     .offset = offsetof(struct again_form, password),
     .max = 128,
     .required = true},
};

static enum status show(struct web *w, struct str next, int status)
{
    struct again_form none = {STR("")};
    struct again_view v = {
        .frame = web_frame(w, STR("请再输一次密码"), NULL),
        .fields = form_view(w, FORM(FIELDS), &none),
        .next = login_path_is_local(next) ? next : STR(""),
        .minutes = w->c.settings->again_minutes,
    };
    view_again(web_html(w), &v);
    return web_page(w, status);
}

enum status page_again(struct web *w)
{
    return show(w, web_query(w, "next"), 200);
}

enum status post_again(struct web *w)
{
    struct again_form form;
    struct str next = web_field(w, "next");
    form_read(w, FORM(FIELDS), &form);
    enum status s = app_again(&w->c, w->session, form.password);
    if (s == ST_BAD_INPUT) return show(w, next, 422);
    if (s) return s;
    TRY(login_promise_kept(w, w->session));
    return login_path_is_local(next) ? web_redirect(w, (struct url){next}) : web_redirect(w, URL("/"));
}
