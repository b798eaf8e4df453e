#include "app/batches/summary.h"

#include "app/companies/companies.h"
#include "app/core/settings.h"
#include "app/core/trail.h"
#include "app/members/cells.h"
#include "app/members/list.h"
#include "base/limits.h"
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

static struct str number_text(struct ctx *c, size_t n)
{
    return arena_fmt(c->arena, "%zu", n);
}

static void put_row(struct table *t, const struct str row[N_COLUMNS])
{
    struct str *cells = t->cells + t->rows++ * N_COLUMNS;
    for (size_t i = 0; i < N_COLUMNS; i++)
        cells[i] = str_or_empty(row[i]);
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
        {STR("统一社会信用代码"), str_or_empty(company->credit_code)},
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

struct str summary_fee(struct ctx *c, const struct batch_sheet *s)
{
    const struct settings *set = c->app->settings;
    int64_t fee_fen = money_fee(set->fee_yearly_fen, payers(s), (int)set->period_years);
    return arena_fmt(c->arena, "%d 人 × %ld 年 × %s 元 = %s 元", payers(s), (long)set->period_years,
                     money_text(c->arena, set->fee_yearly_fen).p, money_text(c->arena, fee_fen).p);
}

#define TOTALS 3

static const struct pdf_pair *sheet_totals(struct ctx *c, const struct batch_sheet *s)
{
    const struct settings *set = c->app->settings;
    struct pdf_pair *ret = ARENA_ARRAY(c->arena, TOTALS, struct pdf_pair);
    int64_t fee_fen = money_fee(set->fee_yearly_fen, payers(s), (int)set->period_years);
    ret[0] = (struct pdf_pair){STR("合计人数"), arena_fmt(c->arena, "%zu 人", s->rows.n)};
    ret[1] = (struct pdf_pair){STR("应缴会费"), summary_fee(c, s)};
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
                                                  m->number_and_end, m->remark});
    }
    return t;
}

/* Everyone of the company in a state. */
struct tab {
    const char *word;
    struct company_full company;
    struct people people;
};

static enum status tab_read(struct ctx *c, enum member_state state, struct tab *tab)
{
    struct member_filter f = {.company = c->actor.company, .state = state};
    *tab = (struct tab){.word = state == STATE_NONE ? "全部" : member_state_label(state, SIDE_COMPANY),
                        .people = {.c = c}};
    TRY(need_side(c, SIDE_COMPANY));
    TRY(app_read(c));
    TRY(app_company(c, f.company, &tab->company));
    return member_list_each(c, &f, add_person, &tab->people);
}

static struct pdf_batch tab_batch(struct ctx *c, const struct tab *tab)
{
    struct table t = tab_table(c, &tab->people);
    struct pdf_pair *total = ARENA_NEW(c->arena, struct pdf_pair);
    *total = (struct pdf_pair){STR("合计人数"), arena_fmt(c->arena, "%zu 人", tab->people.n)};
    return (struct pdf_batch){
        .title =
            arena_fmt(c->arena, "%.*s个人会员名单（%s）", STR_ARG(c->app->settings->association), tab->word),
        .head = company_head(c, &tab->company),
        .head_count = HEAD_PAIRS,
        .columns = COLUMNS,
        .column_count = N_COLUMNS,
        .cells = t.cells,
        .row_count = t.rows,
        .totals = total,
        .total_count = 1,
        .phone = tab->company.phone,
    };
}

/* After the pages are made and before they are handed out. */
static enum status tab_note(struct ctx *c, const char *event, const char *word, size_t people)
{
    return audit_add_alone(c, &(struct audit_note){.event = event,
                                                   .company = c->actor.company,
                                                   .note = arena_fmt(c->arena, "%s，%zu 人", word, people)});
}

enum status app_tab_pdf(struct ctx *c, enum member_state state, struct bytes *ret)
{
    struct tab tab;
    struct bytes pdf;
    TRY(tab_read(c, state, &tab));
    struct pdf_batch list = tab_batch(c, &tab);
    TRY(pdf_summary(c->arena, &c->fault, c->today, &list, 1, &pdf));
    TRY(tab_note(c, "member.print", tab.word, tab.people.n));
    *ret = pdf;
    return ST_OK;
}

static struct summary_pairs pairs_of(struct ctx *c, const struct pdf_pair *pairs, size_t n)
{
    struct summary_pairs ret = {0};
    for (size_t i = 0; i < n; i++)
        *ARENA_PUSH(c->arena, &ret) = (struct summary_pair){pairs[i].label, pairs[i].value};
    return ret;
}

static struct summary page_of(struct ctx *c, const struct pdf_batch *b)
{
    struct summary page = {
        .title = b->title,
        .number = b->number,
        .check_code = b->check_code,
        .note = b->note,
        .head = pairs_of(c, b->head, b->head_count),
        .totals = pairs_of(c, b->totals, b->total_count),
    };
    for (size_t i = 0; i < b->column_count; i++)
        *ARENA_PUSH(c->arena, &page.titles) = (struct summary_cell){.text = b->columns[i].title};
    for (size_t row = 0; row < b->row_count; row++) {
        struct summary_cells *cells = &ARENA_PUSH(c->arena, &page.rows)->cells;
        for (size_t i = 0; i < b->column_count; i++)
            *ARENA_PUSH(c->arena, cells) =
                (struct summary_cell){b->cells[row * b->column_count + i], b->columns[i].whole};
    }
    return page;
}

bool summary_kind(enum member_state state, enum batch_kind *ret)
{
    if (state != STATE_RECOMMENDED_NEW && state != STATE_RECOMMENDED_RENEWAL) return false;
    *ret = state == STATE_RECOMMENDED_NEW ? BATCH_NEW : BATCH_RENEWAL;
    return true;
}

static enum status preview_batches(struct ctx *c, enum batch_kind kind, struct summaries *ret,
                                   size_t *ret_people)
{
    struct batch_sheets sheets;
    TRY(app_batches_undecided(c, kind, &sheets));
    for (size_t i = 0; i < sheets.n; i++) {
        struct pdf_batch b = summary_batch(c, &sheets.p[i], STR(""));
        *ARENA_PUSH(c->arena, ret) = page_of(c, &b);
        *ret_people += sheets.p[i].rows.n;
    }
    return ST_OK;
}

static enum status preview_tab(struct ctx *c, enum member_state state, struct summaries *ret,
                               size_t *ret_people)
{
    struct tab tab;
    TRY(tab_read(c, state, &tab));
    struct pdf_batch b = tab_batch(c, &tab);
    *ret_people = tab.people.n;
    if (tab.people.n) *ARENA_PUSH(c->arena, ret) = page_of(c, &b);
    return ST_OK;
}

enum status app_summary_preview(struct ctx *c, enum member_state state, struct summaries *ret)
{
    struct summaries pages = {0};
    enum batch_kind kind;
    size_t people = 0;
    bool batches = summary_kind(state, &kind);
    TRY(batches ? preview_batches(c, kind, &pages, &people) : preview_tab(c, state, &pages, &people));
    if (people)
        TRY(tab_note(c, "member.preview",
                     state == STATE_NONE ? "全部" : member_state_label(state, SIDE_COMPANY), people));
    *ret = pages;
    return ST_OK;
}
