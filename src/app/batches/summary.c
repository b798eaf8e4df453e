#include "app/batches/summary.h"

#include "app/companies/companies.h"
#include "app/core/draw.h"
#include "app/core/once.h"
#include "app/core/settings.h"
#include "app/core/trail.h"
#include "app/members/cells.h"
#include "app/members/list.h"
#include "base/limits.h"
#include "media/document.h"

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

static struct table print_table(struct ctx *c, const struct print *p)
{
    struct table t = {.cells = ARENA_ARRAY(c->arena, p->rows.n * N_COLUMNS, struct str)};
    for (size_t i = 0; i < p->rows.n; i++) {
        const struct snapshot *r = &p->rows.p[i].shown;
        put_row(&t, (const struct str[N_COLUMNS]){
                        number_text(c, i + 1), r->name, r->sex, export_id_number(c, r->id_number),
                        r->education, r->major, r->title, r->post, r->mobile, r->number_and_end, r->remark});
    }
    return t;
}

#define HEAD_PAIRS 5

static const struct pdf_pair *head_pairs(struct ctx *c, const struct print_head *head)
{
    const struct pdf_pair pairs[HEAD_PAIRS] = {
        {STR("企业名称（公章）"), head->company},
        {STR("统一社会信用代码"), head->credit_code},
        {STR("填报日期"), head->day},
        {STR("联系人"), head->contact},
        {STR("电话"), head->phone},
    };
    struct pdf_pair *ret = ARENA_ARRAY(c->arena, HEAD_PAIRS, struct pdf_pair);
    for (size_t i = 0; i < HEAD_PAIRS; i++)
        ret[i] = pairs[i];
    return ret;
}

#define TOTALS 3

static const struct pdf_pair *total_pairs(struct ctx *c, const struct print_head *head)
{
    struct pdf_pair *ret = ARENA_ARRAY(c->arena, TOTALS, struct pdf_pair);
    ret[0] = (struct pdf_pair){STR("合计人数"), head->people};
    ret[1] = (struct pdf_pair){STR("应缴会费"), head->fee};
    ret[2] = (struct pdf_pair){STR("大写"), head->fee_capitals};
    return ret;
}

/* The QR code leads to this very print; a preview has none. */
static struct str print_code(struct ctx *c, const struct print *p, struct str url)
{
    if (!p->number) return STR_NONE;
    return arena_fmt(c->arena, "%.*s/b/%.*s.%ld", STR_ARG(url), STR_ARG(p->token), (long)p->number);
}

static struct pdf_batch summary_batch(struct ctx *c, const struct print *p, struct str url)
{
    struct table t = print_table(c, p);
    return (struct pdf_batch){
        .title = p->head.title,
        .preview = p->number == 0,
        .head = head_pairs(c, &p->head),
        .head_count = HEAD_PAIRS,
        .qr = print_code(c, p, url),
        .number = p->batch_number,
        .check_code = p->check_code,
        .columns = COLUMNS,
        .column_count = N_COLUMNS,
        .cells = t.cells,
        .row_count = t.rows,
        .totals = total_pairs(c, &p->head),
        .total_count = TOTALS,
        .phone = p->head.phone,
        .note = p->head.note,
    };
}

static enum status draw_batches(struct ctx *c, const struct pdf_batch *batches, size_t n, struct bytes *ret)
{
    const struct document d = {DOCUMENT_SUMMARY, .made_on = c->today, .batches = batches, .batch_count = n};
    return draw_document(c, &d, ret);
}

static enum status draw_prints(struct ctx *c, const struct prints *prints, struct str url, struct bytes *ret)
{
    struct pdf_batch *batches = ARENA_ARRAY(c->arena, prints->n, struct pdf_batch);
    if (prints->n == 0) return fail(&c->fault, ST_NOT_FOUND, "没有待协会审核的推荐，不用打印汇总表");
    for (size_t i = 0; i < prints->n; i++)
        batches[i] = summary_batch(c, &prints->p[i], url);
    return draw_batches(c, batches, prints->n, ret);
}

enum status app_summary_pdf(struct ctx *c, struct print_wanted which, struct str url, struct prints *ret,
                            struct bytes *ret_pdf)
{
    struct prints prints;
    struct bytes pdf;
    TRY(app_prints_last(c, which, &prints));
    TRY(draw_prints(c, &prints, url, &pdf));
    TRY(prints_note(c, &prints));
    *ret = prints;
    *ret_pdf = pdf;
    return ST_OK;
}

/* Made once before it counts as printed: what cannot be put on paper is not recorded as if it were. */
enum status app_summary_print(struct ctx *c, struct print_wanted which, struct str once, struct str url)
{
    struct prints prints;
    struct bytes pdf;
    bool sent_before;
    TRY(need_clerk(c));
    TRY(app_read(c));
    TRY(once_taken(c, once, &sent_before));
    if (sent_before) return ST_OK;
    TRY(app_prints_now(c, which, &prints));
    TRY(draw_prints(c, &prints, url, &pdf));
    return app_prints_make(c, which, once);
}

struct people {
    LIST(struct member_cells);
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
        const struct person_input *f = &m->fields;
        put_row(&t, (const struct str[N_COLUMNS]){number_text(c, i + 1), f->name, m->sex, m->id_number,
                                                  f->education, f->major, f->title_level, f->post, f->mobile,
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
    TRY(need_clerk(c));
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
        .title = arena_fmt(c->arena, "%.*s个人会员名单（%s）", STR_ARG(c->settings->association), tab->word),
        .head = head_pairs(c, &(struct print_head){.company = tab->company.name,
                                                   .credit_code = str_or_empty(tab->company.credit_code),
                                                   .contact = tab->company.contact,
                                                   .phone = tab->company.phone,
                                                   .day = day_str(c->arena, c->today)}),
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
    TRY(draw_batches(c, &list, 1, &pdf));
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
    struct prints prints;
    TRY(app_prints_now(c, (struct print_wanted){.kind = kind}, &prints));
    for (size_t i = 0; i < prints.n; i++) {
        struct pdf_batch b = summary_batch(c, &prints.p[i], STR(""));
        *ARENA_PUSH(c->arena, ret) = page_of(c, &b);
        *ret_people += prints.p[i].rows.n;
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
