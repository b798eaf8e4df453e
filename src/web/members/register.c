#include "web/members/register.h"

#include "app/companies/near.h"
#include "app/core/printable.h"
#include "app/core/settings.h"
#include "app/members/proposal.h"
#include "app/members/register.h"
#include "domain/mask.h"
#include "domain/progress.h"
#include "gen/views.h"
#include "web/members/facts.h"

#include <stddef.h>

#define DRAFT_COOKIE "hy_draft"
#define DONE_COOKIE  "hy_done" /* of who submitted: where it went */

struct account_form {
    struct str id_number, password, password_again;
};
static const struct form_field ACCOUNT_FIELDS[] = {
    {.name = "id_number",
     .label = "账号（身份证号）",
     .type = "text",
     .autocomplete = "username",
     .offset = offsetof(struct account_form, id_number),
     .max = 40,
     .required = true,
     .hint = "18 位身份证号，末位是 X 也要填。"},
};
static const struct form_field PASSWORD_FIELDS[] = {
    {.name = "password",
     .label = "密码",
     .type = "password",
     .autocomplete = "new-password",
     .offset = offsetof(struct account_form, password),
     .max = 128,
     .required = true,
     .hint = "8 至 128 位，同时有字母和数字，不能包含身份证号。"},
    {.name = "password_again",
     .label = "再输一次密码",
     .type = "password",
     .autocomplete = "new-password",
     .offset = offsetof(struct account_form, password_again),
     .max = 128,
     .required = true},
};

static struct register_steps steps(struct web *w, int current)
{
    static const char *const LABELS[] = {"填写账号", "填写信息", "核对提交"};
    struct register_steps all = {0};
    for (int i = 0; i < 3; i++)
        *ARENA_PUSH(w->q->arena, &all) =
            (struct register_step){str_from(LABELS[i]), i < current, i == current};
    return all;
}

static enum status find_draft(struct web *w, struct draft *ret)
{
    return app_register_draft(&w->c, web_cookie_value(w, DRAFT_COOKIE), ret);
}

/* The draft ends with its submission, in this browser too. */
static enum status finish(struct web *w)
{
    struct str receipt;
    TRY(app_register_receipt(&w->c, web_cookie_value(w, DRAFT_COOKIE), &receipt));
    web_cookie_delete(w, DRAFT_COOKIE);
    web_cookie(w, DONE_COOKIE, receipt, 0);
    return web_redirect(w, URL("/register/done"));
}

/* Without a draft, or with one that is over, registration begins anew; after a submission it is done. */
static enum status begin_anew(struct web *w, enum status s)
{
    struct submitted done;
    if (s == ST_LOGIN && app_register_submitted(&w->c, web_cookie_value(w, DONE_COOKIE), &done) == ST_OK)
        return web_redirect(w, URL("/register/done"));
    return s == ST_LOGIN ? web_redirect(w, URL("/register")) : s;
}

static enum status show_account(struct web *w, const struct account_form *form, struct str unfinished,
                                int status)
{
    struct register_view v = {
        .frame = web_frame_open(w, STR("个人会员注册（入会申请）")),
        .steps = steps(w, 0),
        .unfinished = unfinished,
        .consent = web_flag(w, "consent"),
        .consent_error = form_error(w, "consent"),
        .consent_sensitive = web_flag(w, "consent_sensitive"),
        .consent_sensitive_error = form_error(w, "consent_sensitive"),
    };
    v.account = form_view(w, FORM(ACCOUNT_FIELDS), form);
    v.passwords = form_view(w, FORM(PASSWORD_FIELDS), form);
    TRY(web_captcha_view(w, &v.captcha));
    v.captcha.focus = form_focus(w, v.captcha.error);
    v.consent_focus = form_focus(w, v.consent_error);
    v.consent_sensitive_focus = form_focus(w, v.consent_sensitive_error);
    if (w->wrong) v.alert = arena_fmt(w->q->arena, "有 %d 处需要修改，请看红字。密码请重新输入。", w->wrong);
    view_register(web_html(w), &v);
    return web_page(w, status);
}

enum status page_register(struct web *w)
{
    struct draft d;
    struct account_form none = {STR(""), STR(""), STR("")};
    struct str unfinished = STR_NONE;
    enum status s = find_draft(w, &d);
    if (s != ST_OK && s != ST_LOGIN) return s;
    if (s == ST_OK && !d.row.member_id.v) unfinished = mask_id_number(w->q->arena, d.id_number);
    return show_account(w, &none, unfinished, 200);
}

bool register_has_begun(struct web *w)
{
    struct draft d;
    return app_read(&w->c) != ST_OK || find_draft(w, &d) != ST_LOGIN;
}

enum status post_register(struct web *w)
{
    struct account_form form;
    struct str token;
    form_read(w, FORM(ACCOUNT_FIELDS), &form);
    form_read(w, FORM(PASSWORD_FIELDS), &form);
    TRY(web_captcha_spend(w));
    struct register_input in = {form.id_number, form.password, form.password_again, web_flag(w, "consent"),
                                web_flag(w, "consent_sensitive")};
    enum status s = app_register_start(&w->c, &in, w->address, &token);
    if (s == ST_BAD_INPUT) return show_account(w, &form, STR_NONE, 422);
    if (s) return s;
    web_cookie(w, DRAFT_COOKIE, token, 0);
    web_cookie_delete(w, DONE_COOKIE);
    return web_redirect(w, URL("/register/details"));
}

static struct url photo_of(const struct draft *d)
{
    return d->has_photo ? URL("/register/photo") : (struct url){STR_NONE};
}

static enum status show_details(struct web *w, const struct draft *d, int status)
{
    struct register_details_view v = {.frame = web_frame_open(w, STR("填写信息")), .steps = steps(w, 1)};
    struct person_form_about about = {
        .id_shown = person_form_id_shown(w, d->id_number),
        .photo_flaw = d->row.photo_flaw,
        .photo_anyway = d->photo_anyway,
        .photo = photo_of(d),
        .offers_unlisted = true,
    };
    v.frame.photo_script = true;
    TRY(person_form_view(w, &d->fields, &about, &v.form));
    view_register_details(web_html(w), &v);
    return web_page(w, status);
}

/* What was typed is in the draft by now, and the photo that passed. */
static enum status show_details_again(struct web *w, int status)
{
    struct draft d;
    enum status s = find_draft(w, &d);
    return s ? begin_anew(w, s) : show_details(w, &d, status);
}

enum status page_register_details(struct web *w)
{
    struct draft d;
    enum status s = find_draft(w, &d);
    if (s) return begin_anew(w, s);
    if (d.row.member_id.v) return finish(w);
    return show_details(w, &d, 200);
}

/* 查找 judges nothing but a photo that came with it. */
static void keep_photo_problems(struct problems *ps, bool photo_came)
{
    size_t kept = 0;
    for (size_t i = 0; i < ps->n && photo_came; i++)
        if (str_starts(ps->p[i].field, STR("photo"))) ps->p[kept++] = ps->p[i];
    ps->n = kept;
}

enum status post_register_details(struct web *w)
{
    struct person_input in;
    struct photo_input photo;
    person_form_read(w, &in, &photo);
    enum status s = app_register_details(&w->c, web_cookie_value(w, DRAFT_COOKIE), &in, &photo);
    if (s == ST_CONFLICT) return finish(w);
    if (s != ST_OK && s != ST_BAD_INPUT) return begin_anew(w, s);
    if (person_form_find(w)) {
        keep_photo_problems(&w->c.problems, photo.size > 0);
        return show_details_again(w, 200);
    }
    return s ? show_details_again(w, 422) : web_redirect(w, URL("/register/confirm"));
}

enum status page_register_photo(struct web *w)
{
    struct bytes jpeg;
    enum status s = app_register_photo(&w->c, web_cookie_value(w, DRAFT_COOKIE), &jpeg);
    return s ? begin_anew(w, s) : web_bytes(w, "image/jpeg", jpeg);
}

static struct stored_fact *add_fact(struct web *w, struct stored_facts *facts, const char *label,
                                    struct str value)
{
    struct stored_fact *fact = ARENA_PUSH(w->q->arena, facts);
    *fact = (struct stored_fact){.label = str_from(label), .value = value.n ? value : STR("未填")};
    return fact;
}

static struct stored_fact *add_field(struct web *w, struct stored_facts *facts, const struct person *p,
                                     const struct person_field *f)
{
    struct str shown =
        f->kind == PERSON_EMPLOYER ? p->company_name : person_read(w, f, person_text_in(&p->text, f));
    if (f->kind == PERSON_EMPLOYER && p->text.company_new.n) shown = proposal_label(w->q->arena, shown);
    return add_fact(w, facts, f->word, shown);
}

static struct stored_facts facts_of(struct web *w, const struct draft *d, const struct person *p)
{
    struct stored_facts facts = {0};
    struct id_number id = {0};
    bool read = id_number_parse(d->id_number, w->c.today, &id) == ID_OK;
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind == PERSON_PHOTO) continue;
        struct stored_fact *fact = add_field(w, &facts, p, f);
        fact->wide = f->wide;
        fact->wide_on_phone = f->kind == PERSON_EMAIL;
        if (f->kind == PERSON_EMPLOYER && p->text.direct_reason.n)
            add_fact(w, &facts, "没有单位的原因", p->text.direct_reason)->wide = true;
        if (f->kind != PERSON_NAME) continue;
        add_fact(w, &facts, "身份证号", d->id_number);
        add_fact(w, &facts, "性别", read ? str_from(code_label(sex_codes, (int)id.sex)) : STR_NONE);
        add_fact(w, &facts, "出生日期", day_str(w->q->arena, id.born));
    }
    return facts;
}

/* Someone is almost called so as the employer that is not in the list. */
static enum status near_of(struct web *w, const struct person *p, struct str *ret)
{
    struct company_called called;
    if (!p->text.company_new.n) return ST_OK;
    TRY(company_called(&w->c, p->text.company_new, &called));
    *ret = called.near.name;
    return ST_OK;
}

enum status page_register_confirm(struct web *w)
{
    struct draft d;
    struct person person;
    enum status s = find_draft(w, &d);
    if (s) return begin_anew(w, s);
    if (d.row.member_id.v) return finish(w);
    s = app_register_check(&w->c, &d, &person);
    if (s == ST_BAD_INPUT) return web_redirect(w, URL("/register/details"));
    if (s) return begin_anew(w, s);
    struct register_confirm_view v = {
        .frame = web_frame_open(w, STR("核对提交")),
        .steps = steps(w, 2),
        .facts = facts_of(w, &d, &person),
        .photo = photo_of(&d),
        .photo_flaw = d.row.photo_flaw,
        .pledge = app_text_pledge(&w->c),
    };
    TRY(near_of(w, &person, &v.near));
    for (size_t i = 0; i < v.facts.n; i++)
        v.unprintable = unprintable(&w->c, (const struct str[]){v.unprintable, v.facts.p[i].value}, 2);
    view_register_confirm(web_html(w), &v);
    return web_page(w, 200);
}

enum status post_register_confirm(struct web *w)
{
    enum status s = app_register_submit(&w->c, web_cookie_value(w, DRAFT_COOKIE));
    if (s == ST_BAD_INPUT) return show_details_again(w, 422);
    return s ? begin_anew(w, s) : finish(w);
}

static enum status not_done(struct web *w)
{
    struct draft d;
    enum status s = find_draft(w, &d);
    if (s) return s == ST_LOGIN ? web_redirect(w, URL("/register")) : s;
    return d.row.member_id.v ? finish(w) : web_redirect(w, URL("/register/confirm"));
}

enum status page_register_done(struct web *w)
{
    struct submitted done;
    enum status s = app_register_submitted(&w->c, web_cookie_value(w, DONE_COOKIE), &done);
    if (s) return s == ST_LOGIN ? not_done(w) : s;
    struct register_done_view v = {
        .frame = web_frame_open(w, STR("提交成功")),
        .company = done.company_name,
        .contact = done.company_contact,
        .phone = done.company_name.n ? done.company_phone : w->c.settings->organiser_phone,
    };
    for (int i = 0; i < STEP_COUNT; i++)
        *ARENA_PUSH(w->q->arena, &v.progress) =
            (struct register_step){str_from(step_label((enum step)i)), i == STEP_SUBMIT, i == STEP_RECOMMEND};
    view_register_done(web_html(w), &v);
    return web_page(w, 200);
}
