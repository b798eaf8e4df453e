#include "web/companies/staff.h"

#include "app/companies/letter.h"
#include "app/core/settings.h"
#include "domain/credit_code.h"
#include "gen/views.h"

#include <stddef.h>

#define MENU "/staff/companies"

struct company_form {
    struct str name, credit_code, contact, phone, address, reason;
    struct str unit_valid_to, unit_level, title, tax_no;
};
static const struct form_field COMPANY_FIELDS[] = {
    {.name = "name",
     .label = "企业名称",
     .type = "text",
     .offset = offsetof(struct company_form, name),
     .max = 60,
     .required = true,
     .hint = "即登录账号；改名后曾用名仍可登录、查找。"},
    {.name = "credit_code",
     .label = "统一社会信用代码",
     .type = "text",
     .offset = offsetof(struct company_form, credit_code),
     .max = 24,
     .hint = "18 位；也可用来登录。"},
    {.name = "contact",
     .label = "联系人",
     .type = "text",
     .offset = offsetof(struct company_form, contact),
     .max = 50},
    {.name = "phone",
     .label = "电话",
     .type = "tel",
     .offset = offsetof(struct company_form, phone),
     .max = 30},
    {.name = "address",
     .label = "地址",
     .type = "text",
     .offset = offsetof(struct company_form, address),
     .max = 100,
     .wide = true},
};
static const struct form_field UNIT_FIELDS[] = {
    {.name = "unit_valid_to",
     .label = "会员单位有效期至",
     .type = "date",
     .offset = offsetof(struct company_form, unit_valid_to),
     .max = 20,
     .hint = "不填是暂未登记。到期后推荐时提醒或不能推荐（设置）。"},
    {.name = "unit_level",
     .label = "会员单位级别",
     .type = "text",
     .offset = offsetof(struct company_form, unit_level),
     .max = UNIT_LEVEL_MAX,
     .hint = "例如：理事单位。"},
    {.name = "title",
     .label = "开票抬头",
     .type = "text",
     .offset = offsetof(struct company_form, title),
     .max = UNIT_TITLE_MAX},
    {.name = "tax_no",
     .label = "税号",
     .type = "text",
     .offset = offsetof(struct company_form, tax_no),
     .max = 24},
};
static const struct form_field REASON_FIELDS[] = {
    {.name = "reason",
     .label = "按原样登记的原因",
     .type = "text",
     .offset = offsetof(struct company_form, reason),
     .max = 200,
     .wide = true,
     .hint = "例如：与营业执照原件一致。会记入日志。"},
};

static bool may_edit(const struct web *w)
{
    return w->c.actor.roles & ROLE_MEMBERSHIP;
}

static struct url company_url(struct web *w, struct company_id id)
{
    return url_path(w->q->arena, "/staff/companies/%ld", (long)id.v);
}

static struct company_input input_of(const struct web *w, struct company_form *ret_form)
{
    form_read(w, FORM(COMPANY_FIELDS), ret_form);
    form_read(w, FORM(REASON_FIELDS), ret_form);
    form_read(w, FORM(UNIT_FIELDS), ret_form);
    return (struct company_input){
        .name = ret_form->name,
        .credit_code = ret_form->credit_code,
        .contact = ret_form->contact,
        .phone = ret_form->phone,
        .address = ret_form->address,
        .unit_valid_to = web_field(w, "unit_valid_to"),
        .unit_level = web_field(w, "unit_level"),
        .title = web_field(w, "title"),
        .tax_no = web_field(w, "tax_no"),
        .enabled = web_flag(w, "enabled"),
        .credit_code_anyway = web_flag(w, "credit_code_anyway"),
        .reason = ret_form->reason,
        .once = web_field(w, "once"),
    };
}

/* Some codes were issued with a wrong check character: only those may be taken as they are. */
static bool check_character_wrong(struct str typed)
{
    char code[CREDIT_CODE_LENGTH + 1];
    return credit_code_parse(typed, false, code) == CREDIT_CHECK;
}

static struct company_form_view form_of(struct web *w, const struct company_form *values)
{
    return (struct company_form_view){
        .fields = form_view(w, FORM(COMPANY_FIELDS), values),
        .reason = form_view(w, FORM(REASON_FIELDS), values),
        .offers_anyway = w->c.problems.n && check_character_wrong(values->credit_code),
        .anyway = web_flag(w, "credit_code_anyway"),
        .wrong = (int)w->c.problems.n,
    };
}

static enum status show_new(struct web *w, const struct company_form *values, struct str once, int status)
{
    struct company_new_view v = {
        .frame = web_frame(w, STR("新增企业"), MENU), .once = once, .form = form_of(w, values)};
    view_company_new(web_html(w), &v);
    return web_page(w, status);
}

static enum status page_staff_company_new(struct web *w)
{
    static const struct company_form EMPTY = {STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT(""),
                                              STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT(""),
                                              STR_INIT(""), STR_INIT("")};
    TRY(need_role(&w->c, ROLE_MEMBERSHIP));
    return show_new(w, &EMPTY, web_once(w), 200);
}

enum status page_staff_companies(struct web *w)
{
    struct page_want want = list_page_read(&w->q->query);
    struct str q;
    struct company_page page;
    if (web_query(w, "new").n) return page_staff_company_new(w);
    TRY(list_q_read(w, &w->q->query, &q));
    TRY(app_companies_list(&w->c, q, &want, &page));
    struct companies_view v = {
        .frame = web_frame(w, STR("企业管理"), MENU),
        .q = q,
        .pager =
            list_pager(w, url_query(w->q->arena, URL(MENU), {"q", q}), want.size, page.previous, page.next),
        .may_edit = may_edit(w),
        .sheet = url_query(w->q->arena, URL(MENU ".xlsx"), {"q", q}),
    };
    v.pager.total = page.total;
    for (size_t i = 0; i < page.items.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) =
            (struct company_row_view){page.items.p[i], company_url(w, page.items.p[i].row.id)};
    view_companies(web_html(w), &v);
    return web_page(w, 200);
}

static enum status show_one_time(struct web *w, const struct one_time *made)
{
    struct company_id id = made->company.id;
    struct one_time_view v = {
        .frame = web_frame(w, STR("一次性密码"), MENU),
        .name = made->company.name,
        .account = made->account,
        .password = made->password,
        .days = w->c.settings->onetime_days,
        .list_label = STR("企业管理"),
        .list = URL(MENU),
        .page = company_url(w, id),
        .letter = url_path(w->q->arena, "/staff/companies/%ld/letter.pdf", (long)id.v),
    };
    view_one_time(web_html(w), &v);
    return web_page(w, 200);
}

enum status post_staff_companies(struct web *w)
{
    struct company_form form;
    struct one_time made;
    struct company_input in = input_of(w, &form);
    enum status s = app_company_create(&w->c, &in, &made);
    if (s == ST_BAD_INPUT) return show_new(w, &form, in.once, 422);
    if (s) return s;
    if (!made.password.n)
        return web_redirect(
            w, url_query(w->q->arena, company_url(w, made.company.id), {"saved", STR("before")}));
    return show_one_time(w, &made);
}

static struct url people_url(struct web *w, struct company_id id, enum member_state state)
{
    struct url all =
        url_query(w->q->arena, URL("/staff/members"), {"company", arena_fmt(w->q->arena, "%ld", (long)id.v)});
    return state ? url_query(w->q->arena, all, {"status", str_from(member_state_code(state))}) : all;
}

/* The card, around a form that is as it is stored or as it was typed. */
static enum status show_company(struct web *w, const struct company_card *card, struct company_form_view form,
                                int status)
{
    struct company_id id = card->row.id;
    struct company_view v = {
        .frame = web_frame(w, card->row.name, MENU),
        .card = *card,
        .form = form,
        .page = company_url(w, id),
        .reset = url_path(w->q->arena, "/staff/companies/%ld/reset-password", (long)id.v),
        .disable = url_path(w->q->arena, "/staff/companies/%ld/disable", (long)id.v),
        .members = people_url(w, id, STATE_MEMBER),
        .waiting_new = people_url(w, id, STATE_RECOMMENDED_NEW),
        .waiting_renewal = people_url(w, id, STATE_RECOMMENDED_RENEWAL),
        .expired = people_url(w, id, STATE_EXPIRED),
        .member_count = card->counts.of[STATE_MEMBER],
        .new_count = card->counts.of[STATE_RECOMMENDED_NEW],
        .renewal_count = card->counts.of[STATE_RECOMMENDED_RENEWAL],
        .expired_count = card->counts.of[STATE_EXPIRED],
        .may_edit = may_edit(w),
        .has_account = !card->row.direct,
        .saved = str_eq(web_query(w, "saved"), STR("1")),
        .made_before = str_eq(web_query(w, "saved"), STR("before")),
        .renamed = card->names.n > 1,
    };
    if (v.may_edit && !card->row.direct && !card->row.merged_into.v)
        v.merge = url_query(w->q->arena, URL("/staff/companies/merge"),
                            {"from", arena_fmt(w->q->arena, "%ld", (long)id.v)});
    v.form.asks_enabled = !card->row.direct;
    view_company(web_html(w), &v);
    return web_page(w, status);
}

static enum status company_id_read(struct web *w, struct company_id *ret)
{
    return web_id(w, w->args[0], &ret->v);
}

enum status page_staff_company(struct web *w)
{
    struct company_id id;
    struct company_card card;
    TRY(company_id_read(w, &id));
    TRY(app_company_card(&w->c, id, &card));
    const struct company_full *row = &card.row;
    struct company_form stored = {row->name,
                                  str_or_empty(row->credit_code),
                                  row->contact,
                                  row->phone,
                                  row->address,
                                  STR(""),
                                  day_str(w->q->arena, row->unit_valid_to),
                                  str_or_empty(row->unit_level),
                                  str_or_empty(row->title),
                                  str_or_empty(row->tax_no)};
    struct company_form_view form = form_of(w, &stored);
    form.units = form_view(w, FORM(UNIT_FIELDS), &stored);
    form.enabled = row->enabled;
    form.version = row->version;
    return show_company(w, &card, form, 200);
}

static enum status show_typed(struct web *w, struct company_id id, const struct company_form *typed,
                              const struct company_input *in, int64_t version)
{
    struct company_card card;
    TRY(app_company_card(&w->c, id, &card));
    struct company_form_view form = form_of(w, typed);
    form.units = form_view(w, FORM(UNIT_FIELDS), typed);
    form.enabled = in->enabled;
    form.version = version;
    return show_company(w, &card, form, 422);
}

enum status post_staff_company(struct web *w)
{
    struct company_id id;
    struct company_form form;
    int64_t version = 0; /* none is a stale one */
    TRY(company_id_read(w, &id));
    struct company_input in = input_of(w, &form);
    str_int(web_field(w, "version"), &version);
    enum status s = app_company_update(&w->c, id, &in, version);
    if (s == ST_BAD_INPUT) return show_typed(w, id, &form, &in, version);
    if (s) return s;
    return web_redirect(w, url_query(w->q->arena, company_url(w, id), {"saved", STR("1")}));
}

enum status post_staff_company_reset(struct web *w)
{
    struct company_id id;
    struct one_time made;
    TRY(company_id_read(w, &id));
    TRY(app_company_reset_password(&w->c, id, &made));
    return show_one_time(w, &made);
}

enum status post_staff_company_disable(struct web *w)
{
    struct company_id id;
    TRY(company_id_read(w, &id));
    TRY(app_company_enable(&w->c, id, web_flag(w, "enabled")));
    return web_redirect(w, url_query(w->q->arena, company_url(w, id), {"saved", STR("1")}));
}

enum status post_staff_company_letter(struct web *w)
{
    struct one_time account = {.password = web_field(w, "password")};
    struct company_id id;
    struct bytes pdf;
    TRY(company_id_read(w, &id));
    TRY(app_company(&w->c, id, &account.company));
    if (!account.password.n || account.password.n > 128)
        return fail(&w->c.fault, ST_BAD_INPUT, "没有要打印的密码，请重新生成一次性密码");
    account.account = account.company.name;
    TRY(app_letter_pdf(&w->c, &account, w->site->url, &pdf));
    return web_bytes(w, "application/pdf", pdf);
}
