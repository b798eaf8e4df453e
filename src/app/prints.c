#include "app/prints.h"

#include "app/audit.h"
#include "app/files.h"
#include "app/member_cells.h"
#include "app/member_page.h"
#include "app/settings.h"
#include "app/texts.h"
#include "base/limits.h"
#include "domain/mask.h"
#include "domain/money.h"
#include "media/pdf.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Of the table that is stamped: ui.md, Print. */
static const struct pdf_column COLUMNS[] = {
    {.title = STR_INIT("序号"), .whole = true, .centred = true},
    {.title = STR_INIT("姓名"), .weight = 12},
    {.title = STR_INIT("性别"), .whole = true, .centred = true},
    {.title = STR_INIT("身份证号"), .whole = true, .centred = true},
    {.title = STR_INIT("学历"), .weight = 7, .centred = true},
    {.title = STR_INIT("专业"), .weight = 15},
    {.title = STR_INIT("职称"), .weight = 17},
    {.title = STR_INIT("岗位"), .weight = 10, .centred = true},
    {.title = STR_INIT("手机"), .whole = true, .centred = true},
    {.title = STR_INIT("会员编号/有效期"), .weight = 17, .centred = true},
    {.title = STR_INIT("备注"), .weight = 12},
};
#define N_COLUMNS COUNT(COLUMNS)

struct table {
    struct str *cells; /* N_COLUMNS a row */
    size_t rows;
};

static struct str text(struct str s)
{
    return s.p ? s : STR("");
}

static struct str number_text(struct ctx *c, size_t n)
{
    return arena_fmt(c->arena, "%zu", n);
}

static void put_row(struct table *t, const struct str row[N_COLUMNS])
{
    struct str *cells = t->cells + t->rows++ * N_COLUMNS;
    for (size_t i = 0; i < N_COLUMNS; i++)
        cells[i] = text(row[i]);
}

static struct str decision_word(struct str decision)
{
    if (str_eq(decision, STR("approved"))) return STR("已批准");
    return str_eq(decision, STR("returned")) ? STR("已退回") : STR("");
}

static struct table sheet_table(struct ctx *c, const struct batch_sheet *s)
{
    struct table t = {.cells = ARENA_ARRAY(c->arena, s->rows.n * N_COLUMNS, struct str)};
    for (size_t i = 0; i < s->rows.n; i++) {
        const struct batch_row *r = &s->rows.p[i];
        put_row(&t, (const struct str[N_COLUMNS]){number_text(c, i + 1), r->name, r->sex,
                                                  export_id_number(c, r->id_number), r->education, r->major,
                                                  r->title, r->post, r->mobile, r->number_and_end,
                                                  decision_word(r->decision)});
    }
    return t;
}

static const struct pdf_pair *company_head(struct ctx *c, const struct company_full *company)
{
    const struct pdf_pair head[] = {
        {STR("企业名称（公章）"), company->name},
        {STR("统一社会信用代码"), text(company->credit_code)},
        {STR("填报日期"), day_str(c->arena, c->today)},
        {STR("联系人"), company->contact},
        {STR("电话"), company->phone},
    };
    struct pdf_pair *ret = ARENA_ARRAY(c->arena, COUNT(head), struct pdf_pair);
    for (size_t i = 0; i < COUNT(head); i++)
        ret[i] = head[i];
    return ret;
}
#define HEAD_PAIRS 5

/* Who was returned owes nothing. */
static int payers(const struct batch_sheet *s)
{
    int n = 0;
    for (size_t i = 0; i < s->rows.n; i++)
        n += !str_eq(s->rows.p[i].decision, STR("returned"));
    return n;
}

#define TOTALS 3

static const struct pdf_pair *sheet_totals(struct ctx *c, const struct batch_sheet *s)
{
    const struct settings *set = c->app->settings;
    struct pdf_pair *ret = ARENA_ARRAY(c->arena, TOTALS, struct pdf_pair);
    int64_t fee_fen = money_fee(set->fee_yearly_fen, payers(s), (int)set->period_years);
    ret[0] = (struct pdf_pair){STR("合计人数"), arena_fmt(c->arena, "%zu 人", s->rows.n)};
    ret[1] = (struct pdf_pair){STR("应缴会费"),
                               arena_fmt(c->arena, "%d 人 × %ld 年 × %s 元 = %s 元", payers(s),
                                         (long)set->period_years, money_text(c->arena, set->fee_yearly_fen).p,
                                         money_text(c->arena, fee_fen).p)};
    ret[2] = (struct pdf_pair){STR("大写"), money_capitals(c->arena, fee_fen)};
    return ret;
}

static struct str where_to_send(struct ctx *c)
{
    struct str mailbox = c->app->settings->scan_mailbox, association = c->app->settings->association;
    if (!mailbox.n) return arena_fmt(c->arena, "请打印后加盖公章，交%.*s。", STR_ARG(association));
    return arena_fmt(c->arena, "请打印后加盖公章并扫描（保证清晰），发送到%.*s邮箱：%.*s",
                     STR_ARG(association), STR_ARG(mailbox));
}

static struct pdf_batch summary_batch(struct ctx *c, const struct batch_sheet *s, struct str url)
{
    struct table t = sheet_table(c, s);
    return (struct pdf_batch){
        .title = arena_fmt(c->arena, "%.*s个人会员（%s）汇总表", STR_ARG(c->app->settings->association),
                           batch_kind_label(s->kind)),
        .head = company_head(c, &s->company),
        .head_count = HEAD_PAIRS,
        .qr = arena_fmt(c->arena, "%.*s/b/%.*s", STR_ARG(url), STR_ARG(s->batch.token)),
        .number = s->batch.number,
        .check_code = s->code,
        .columns = COLUMNS,
        .column_count = N_COLUMNS,
        .cells = t.cells,
        .row_count = t.rows,
        .totals = sheet_totals(c, s),
        .total_count = TOTALS,
        .phone = s->company.phone,
        .note = where_to_send(c),
    };
}

enum status app_summary_pdf(struct ctx *c, const struct batch_sheets *sheets, struct str url,
                            struct bytes *ret)
{
    struct pdf_batch *batches = ARENA_ARRAY(c->arena, sheets->n, struct pdf_batch);
    if (sheets->n == 0) return fail(&c->fault, ST_NOT_FOUND, "没有待协会审核的推荐，不用打印汇总表");
    for (size_t i = 0; i < sheets->n; i++)
        batches[i] = summary_batch(c, &sheets->p[i], url);
    return pdf_summary(c->arena, &c->fault, c->today, batches, sheets->n, ret);
}

struct people {
    struct member_cells *p;
    size_t n, cap;
    struct ctx *c;
};

static enum status add_person(void *arg, const struct member_line *line)
{
    struct people *people = arg;
    struct ctx *c = people->c;
    if (people->n == LIMIT_BATCH_ROWS)
        return fail(&c->fault, ST_TOO_LARGE, "一次最多打印 %d 人，请改用导出", LIMIT_BATCH_ROWS);
    return member_cells_of(c, line, ARENA_PUSH(c->arena, people));
}

static struct table tab_table(struct ctx *c, const struct people *people)
{
    struct table t = {.cells = ARENA_ARRAY(c->arena, people->n * N_COLUMNS, struct str)};
    for (size_t i = 0; i < people->n; i++) {
        const struct member_cells *m = &people->p[i];
        put_row(&t, (const struct str[N_COLUMNS]){number_text(c, i + 1), m->name, m->sex, m->id_number,
                                                  m->education, m->major, m->title, m->post, m->mobile,
                                                  number_and_end(c, m), m->remark});
    }
    return t;
}

static enum status draw_tab(struct ctx *c, const char *state, const struct company_full *company,
                            const struct people *people, struct bytes *ret)
{
    struct table t = tab_table(c, people);
    struct pdf_pair total = {STR("合计人数"), arena_fmt(c->arena, "%zu 人", people->n)};
    struct pdf_batch list = {
        .title = arena_fmt(c->arena, "%.*s个人会员名单（%s）", STR_ARG(c->app->settings->association), state),
        .head = company_head(c, company),
        .head_count = HEAD_PAIRS,
        .columns = COLUMNS,
        .column_count = N_COLUMNS,
        .cells = t.cells,
        .row_count = t.rows,
        .totals = &total,
        .total_count = 1,
        .phone = company->phone,
    };
    return pdf_summary(c->arena, &c->fault, c->today, &list, 1, ret);
}

/* In a transaction of its own, after the pages are made and before they are handed out. */
static enum status note_print(struct ctx *c, const struct audit_note *note)
{
    TRY(app_begin(c));
    TRY(audit_add(c, note));
    return app_commit(c);
}

enum status app_tab_pdf(struct ctx *c, enum member_state state, struct bytes *ret)
{
    struct company_full company;
    struct people people = {.c = c};
    struct bytes pdf;
    const char *word = state == STATE_NONE ? "全部" : member_state_label(state, SIDE_COMPANY);
    struct member_filter f = {.company = c->actor.company, .state = state};
    TRY(need_side(c, SIDE_COMPANY));
    TRY(app_read(c));
    TRY(app_company(c, f.company, &company));
    TRY(member_list_each(c, &f, add_person, &people));
    TRY(draw_tab(c, word, &company, &people, &pdf));
    TRY(note_print(c, &(struct audit_note){.event = "member.print",
                                           .company = f.company,
                                           .note = arena_fmt(c->arena, "%s，%zu 人", word, people.n)}));
    *ret = pdf;
    return ST_OK;
}

struct field_list {
    struct pdf_field *p;
    size_t n, cap;
};

static void put_field(struct ctx *c, struct field_list *fields, const char *label, struct str value,
                      bool wide)
{
    *ARENA_PUSH(c->arena, fields) = (struct pdf_field){str_from(label), text(value), wide};
}

static struct str label_of(struct codes list, int64_t value)
{
    return str_from(code_label(list, (int)value));
}

/* 查看 never sees a full ID number. */
static struct str id_number_for(struct ctx *c, struct str id_number)
{
    bool viewer = c->actor.side == SIDE_STAFF && !(c->actor.roles & ROLE_MEMBERSHIP);
    return viewer ? mask_id_number(c->arena, id_number) : id_number;
}

/* Two to a line, the first four lines beside the photo. */
static struct field_list application_fields(struct ctx *c, const struct dossier *d)
{
    const struct member_full *m = &d->row;
    struct field_list fields = {0};
    put_field(c, &fields, "姓名", m->name, false);
    put_field(c, &fields, "性别", label_of(sex_codes, m->sex), false);
    put_field(c, &fields, "身份证号", id_number_for(c, d->id_number), true);
    put_field(c, &fields, "学历", label_of(education_codes, m->education), false);
    put_field(c, &fields, "岗位", m->post, false);
    put_field(c, &fields, "职称", label_of(title_level_codes, m->title_level), false);
    put_field(c, &fields, "职称专业", m->title_specialty, false);
    put_field(c, &fields, "毕业院校", m->school, false);
    put_field(c, &fields, "所学专业", m->major, false);
    put_field(c, &fields, "开始做监理", str_sub(day_str(c->arena, m->started_on), 0, 7), false);
    put_field(c, &fields, "手机", d->mobile, false);
    put_field(c, &fields, "QQ", m->qq, false);
    put_field(c, &fields, "邮箱", m->email, false);
    put_field(c, &fields, "工作单位", d->company_name, true);
    put_field(c, &fields, "通讯地址", m->address, true);
    if (!m->number.n) return fields;
    put_field(c, &fields, "会员编号", m->number, false);
    put_field(c, &fields, "会员有效期至", day_str(c->arena, m->period_end), false);
    return fields;
}

static const struct pdf_signature SIGNATURES[] = {
    {STR_INIT("申请人承诺"), STR_INIT("申请人（签字）")},
    {STR_INIT("单位意见"), STR_INIT("单位（盖章）")},
    {STR_INIT("协会意见"), STR_INIT("协会（盖章）")},
};

static enum status draw_application(struct ctx *c, const struct dossier *d, struct bytes photo,
                                    struct bytes *ret)
{
    struct field_list fields = application_fields(c, d);
    struct text_section pledge = app_text_pledge(c);
    return pdf_application(
        c->arena, &c->fault,
        &(struct pdf_application){
            .title = arena_fmt(c->arena, "%.*s个人会员入会申请表", STR_ARG(c->app->settings->association)),
            .number = d->row.number,
            .date = c->today,
            .fields = fields.p,
            .field_count = fields.n,
            .photo = photo,
            .pledge_title = pledge.heading,
            .pledge = pledge.paragraphs.p,
            .pledge_count = pledge.paragraphs.n,
            .signatures = SIGNATURES,
            .signature_count = COUNT(SIGNATURES),
        },
        ret);
}

enum status app_application_pdf(struct ctx *c, struct member_id id, struct bytes *ret)
{
    struct dossier d;
    struct bytes photo, pdf;
    TRY(app_read(c));
    TRY(app_member_dossier(c, id, &d));
    TRY(file_read(c, d.row.photo_id, &photo));
    TRY(draw_application(c, &d, photo, &pdf));
    if (c->actor.side != SIDE_MEMBER)
        TRY(note_print(c, &(struct audit_note){.event = "member.print_application",
                                               .about = member_subject(&d.row),
                                               .company = d.row.company_id}));
    *ret = pdf;
    return ST_OK;
}

enum status app_letter_pdf(struct ctx *c, const struct one_time *account, struct str url, struct bytes *ret)
{
    const struct settings *set = c->app->settings;
    const struct str paragraphs[] = {
        arena_fmt(
            c->arena,
            "贵单位在%.*s%.*"
            "s的企业账号已经开通。请由本单位的系统管理人员在登录页选择“企业登录”，用下面的账号和密码登录。",
            STR_ARG(set->association), STR_ARG(set->system)),
        STR("密码只供首次登录使用，登录后请按提示设置新密码。协会工作人员不知道也不会询问您的密码。"),
        STR("请妥善保管本通知，设置新密码后即可销毁。"),
    };
    const struct pdf_letter letter = {
        .title = STR("企业账号分配通知"),
        .to = account->company.name,
        .paragraphs = paragraphs,
        .paragraph_count = COUNT(paragraphs),
        .account_label = STR("账号"),
        .account = account->account,
        .password_label = STR("首次登录密码"),
        .password = account->password,
        .address = arena_fmt(c->arena, "%.*s/login?as=company", STR_ARG(url)),
        .from = set->association,
        .date = c->today,
    };
    return pdf_letters(c->arena, &c->fault, &letter, 1, ret);
}
