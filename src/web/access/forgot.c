#include "web/access/forgot.h"

#include "app/core/settings.h"
#include "gen/views.h"

#include <stddef.h>

struct forgot_form {
    struct str account, name, password, password_again;
};
static const struct form_field MEMBER_ACCOUNT[] = {
    {.name = "account",
     .label = "身份证号",
     .type = "text",
     .autocomplete = "username",
     .offset = offsetof(struct forgot_form, account),
     .max = 40,
     .required = true,
     .hint = "18 位身份证号，末位是 X 也要填。"},
};
static const struct form_field COMPANY_ACCOUNT[] = {
    {.name = "account",
     .label = "账号",
     .type = "text",
     .autocomplete = "username",
     .offset = offsetof(struct forgot_form, account),
     .max = 200,
     .required = true,
     .hint = "主管理员填企业名称或统一社会信用代码；经办人填本人的手机号。"},
};
#define NAME(says)                                                                                           \
    {                                                                                                        \
        .name = "name", .label = "姓名", .type = "text", .autocomplete = "name",                             \
        .offset = offsetof(struct forgot_form, name), .max = 60, .required = true, .hint = (says)            \
    }
#define PASSWORDS(says)                                                                                      \
    {.name = "password",                                                                                     \
     .label = "新密码",                                                                                      \
     .type = "password",                                                                                     \
     .autocomplete = "new-password",                                                                         \
     .offset = offsetof(struct forgot_form, password),                                                       \
     .max = 128,                                                                                             \
     .required = true,                                                                                       \
     .hint = (says)},                                                                                        \
    {                                                                                                        \
        .name = "password_again", .label = "再输一次新密码", .type = "password",                             \
        .autocomplete = "new-password", .offset = offsetof(struct forgot_form, password_again), .max = 128,  \
        .required = true                                                                                     \
    }
static const struct form_field MEMBER_FIELDS[] = {
    NAME("与登记的姓名一致。"), PASSWORDS("8 至 128 位，同时有字母和数字，不能包含身份证号。")};
static const struct form_field COMPANY_FIELDS[] = {
    NAME("主管理员填协会登记的联系人。"),
    PASSWORDS("8 至 128 位，大写字母、小写字母、数字、符号中至少有三种。")};

static struct form account_of(enum side as)
{
    return as == SIDE_MEMBER ? FORM(MEMBER_ACCOUNT) : FORM(COMPANY_ACCOUNT);
}

static struct form fields_of(enum side as)
{
    return as == SIDE_MEMBER ? FORM(MEMBER_FIELDS) : FORM(COMPANY_FIELDS);
}

/* The association's own passwords are its system administrator's to give. */
static enum side side_of(const struct web *w)
{
    enum side as = SIDE_MEMBER;
    if (!side_parse(web_query(w, "as"), &as)) side_parse(web_field(w, "as"), &as);
    return as == SIDE_COMPANY ? SIDE_COMPANY : SIDE_MEMBER;
}

static struct tab_view tab(struct web *w, const char *label, enum side side, enum side as)
{
    return (struct tab_view){
        .label = str_from(label),
        .url = url_query(w->q->arena, URL("/forgot"), {"as", str_from(side_code(side))}),
        .current = side == as,
    };
}

static enum status show(struct web *w, enum side as, const struct forgot_form *form, int status)
{
    struct forgot_view v = {
        .frame = web_frame_open(w, STR("忘记密码")),
        .as = str_from(side_code(as)),
        .member = as == SIDE_MEMBER,
    };
    *ARENA_PUSH(w->q->arena, &v.tabs) = tab(w, "个人会员", SIDE_MEMBER, as);
    *ARENA_PUSH(w->q->arena, &v.tabs) = tab(w, "企业", SIDE_COMPANY, as);
    v.account = form_view(w, account_of(as), form);
    v.fields = form_view(w, fields_of(as), form);
    TRY(web_captcha_view(w, &v.captcha));
    v.captcha.focus = form_focus(w, v.captcha.error);
    if (w->wrong) v.alert = arena_fmt(w->q->arena, "有 %d 处需要修改，请看红字。密码请重新输入。", w->wrong);
    view_forgot(web_html(w), &v);
    return web_page(w, status);
}

enum status page_forgot(struct web *w)
{
    return show(w, side_of(w), &(struct forgot_form){STR(""), STR(""), STR(""), STR("")}, 200);
}

enum status post_forgot(struct web *w)
{
    struct forgot_form form;
    enum side as = side_of(w);
    struct forgot_done_view v = {.member = as == SIDE_MEMBER, .days = w->c.settings->lost_days};
    form_read(w, account_of(as), &form);
    form_read(w, fields_of(as), &form);
    TRY(web_captcha_spend(w));
    const struct lost_input in = {as,        form.account, form.name, form.password, form.password_again,
                                  w->address};
    enum status s = app_lost_ask(&w->c, &in, &v.code);
    if (s == ST_BAD_INPUT) return show(w, as, &form, 422);
    if (s) return s;
    v.frame = web_frame_open(w, STR("核对码"));
    view_forgot_done(web_html(w), &v);
    return web_page(w, 200);
}

enum status page_forgot_form(struct web *w)
{
    struct bytes pdf;
    TRY(app_lost_form_pdf(&w->c, w->site->url, &pdf));
    return web_inline(w, "application/pdf", STR("主管理员密码重置申请表.pdf"), pdf);
}
