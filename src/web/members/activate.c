#include "web/members/activate.h"

#include "app/core/settings.h"
#include "app/members/activation.h"
#include "app/members/counter.h"
#include "gen/views.h"
#include "web/access/one_time.h"
#include "web/members/want.h"

#include <stddef.h>

#define MENU "/staff/members"

struct activate_form {
    struct str code, id_number, password, password_again;
};
static const struct form_field CODE[] = {
    {.name = "code",
     .label = "激活码",
     .type = "text",
     .autocomplete = "off",
     .offset = offsetof(struct activate_form, code),
     .max = 40,
     .required = true,
     .hint = "印在激活条上；不分大小写，横线可以不填。"},
};
static const struct form_field NUMBER[] = {
    {.name = "id_number",
     .label = "身份证号",
     .type = "text",
     .autocomplete = "username",
     .offset = offsetof(struct activate_form, id_number),
     .max = 40,
     .required = true,
     .hint = "18 位身份证号，末位是 X 也要填。"},
};
static const struct form_field PASSWORDS[] = {
    {.name = "password",
     .label = "密码",
     .type = "password",
     .autocomplete = "new-password",
     .offset = offsetof(struct activate_form, password),
     .max = 128,
     .required = true,
     .hint = "8 至 128 位，同时有字母和数字，不能包含身份证号。"},
    {.name = "password_again",
     .label = "再输一次密码",
     .type = "password",
     .autocomplete = "new-password",
     .offset = offsetof(struct activate_form, password_again),
     .max = 128,
     .required = true},
};

static enum status show(struct web *w, const struct activate_form *form, int status)
{
    struct activate_view v = {
        .frame = web_frame_open(w, STR("激活账号")),
        .consent = web_flag(w, "consent"),
        .consent_error = form_error(w, "consent"),
        .consent_sensitive = web_flag(w, "consent_sensitive"),
        .consent_sensitive_error = form_error(w, "consent_sensitive"),
    };
    v.code = form_view(w, FORM(CODE), form);
    v.number = form_view(w, FORM(NUMBER), form);
    v.passwords = form_view(w, FORM(PASSWORDS), form);
    TRY(web_captcha_view(w, &v.captcha));
    v.captcha.focus = form_focus(w, v.captcha.error);
    v.consent_focus = form_focus(w, v.consent_error);
    v.consent_sensitive_focus = form_focus(w, v.consent_sensitive_error);
    if (w->wrong) v.alert = arena_fmt(w->q->arena, "有 %d 处需要修改，请看红字。密码请重新输入。", w->wrong);
    view_activate(web_html(w), &v);
    return web_page(w, status);
}

enum status page_activate(struct web *w)
{
    return show(w, &(struct activate_form){STR(""), STR(""), STR(""), STR("")}, 200);
}

enum status post_activate(struct web *w)
{
    struct activate_form form;
    form_read(w, FORM(CODE), &form);
    form_read(w, FORM(NUMBER), &form);
    form_read(w, FORM(PASSWORDS), &form);
    TRY(web_captcha_spend(w));
    const struct activation_input in = {form.code,
                                        form.id_number,
                                        form.password,
                                        form.password_again,
                                        w->address,
                                        web_flag(w, "consent"),
                                        web_flag(w, "consent_sensitive")};
    enum status s = app_activate(&w->c, &in);
    if (s == ST_BAD_INPUT) return show(w, &form, 422);
    if (s) return s;
    return web_redirect(w, URL("/login?as=member&activated=1"));
}

enum status post_staff_activation(struct web *w)
{
    struct selection selection;
    struct bytes pdf;
    TRY(list_selection_read(w, false, &selection));
    TRY(app_activation_print(&w->c, &selection, web_field(w, "once"), w->site->url, &pdf));
    return web_inline(w, "application/pdf", STR("激活条.pdf"), pdf);
}

enum status post_staff_member_reset(struct web *w)
{
    struct member_id id;
    struct member_secret made;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_member_reset_password(&w->c, id, &made));
    struct one_time_view v = {
        .frame = web_frame(w, STR("一次性密码"), MENU),
        .name = made.name,
        .account = made.account,
        .password = made.password,
        .days = w->c.settings->onetime_days,
        .list_label = STR("会员管理"),
        .list = URL(MENU),
        .page = url_path(w->q->arena, "/staff/members/%ld", (long)id.v),
        .letter = url_path(w->q->arena, "/staff/members/%ld/letter.pdf", (long)id.v),
    };
    view_one_time(web_html(w), &v);
    return web_page(w, 200);
}

enum status post_staff_member_letter(struct web *w)
{
    struct member_id id;
    struct bytes pdf;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_member_letter_pdf(&w->c, id, web_field(w, "password"), w->site->url, &pdf));
    return web_bytes(w, "application/pdf", pdf);
}
