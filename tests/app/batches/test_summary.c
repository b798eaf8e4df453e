#include "printed.h"

#include "app/batches/summary.h"
#include "app/core/settings.h"

static const struct sample PEOPLE[] = {
    {.name = "王建国", .id_number = "620112198507149019", .mobile = "13893100011"},
    {.name = "热合曼·买买提", .id_number = "620000198001019021", .mobile = "13893100022"},
    {.name = "𬱖䶮", .id_number = "620112199912319039", .mobile = "13893100033"},
};
#define N_PEOPLE COUNT(PEOPLE)
#define URL      STR("https://huiyuan.example.com")

static void add_all(struct fixture *x, struct member_id ret[N_PEOPLE])
{
    for (size_t i = 0; i < N_PEOPLE; i++)
        ret[i] = person_add(x, x->company, &PEOPLE[i]);
}

static struct str summary_text(struct fixture *x, enum batch_kind kind, struct prints *ret)
{
    struct ctx *c = as_clerk(x);
    struct bytes pdf;
    const struct print_wanted which = {.kind = kind};
    assert_ok(c, app_summary_print(c, which, STR_NONE, URL));
    c = as_clerk(x);
    assert_ok(c, app_summary_pdf(c, which, URL, ret, &pdf));
    return pdf_text(x, pdf);
}

static void a_summary_says_who_and_what_is_due(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct prints sheets;
    add_all(x, ids);
    decide(as_clerk(x), EVENT_RECOMMEND, ids, N_PEOPLE);
    struct str text = summary_text(x, BATCH_NEW, &sheets);
    assert_int_equal(sheets.n, 1);
    static const char *const WORDS[] = {
        "甘肃省建设监理协会个人会员（新会员推荐）汇总表",
        "企业名称（公章）：甘肃示范工程监理有限公司",
        "联系人：马联系",
        "电话：0931-8800001",
        "填报日期：2026-11-23",
        "王建国男620112198507149019本科土木工程工程师（中级）专监13893100011",
        "620000198001019021",
        "合计人数：3人",
        "应缴会费：3人×5年×200.00元=3,000.00元",
        "大写：叁仟元整",
        "gsjlxhlz@163.com",
    };
    for (size_t i = 0; i < COUNT(WORDS); i++)
        assert_says(text, WORDS[i]);
    assert_says(text, arena_fmt(x->arena, "批次号：%.*s", STR_ARG(sheets.p[0].batch_number)).p);
    assert_says(text, arena_fmt(x->arena, "核验码：%.*s", STR_ARG(sheets.p[0].check_code)).p);
}

static void who_was_returned_owes_nothing(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct prints sheets;
    add_all(x, ids);
    decide(as_clerk(x), EVENT_RECOMMEND, ids, N_PEOPLE);
    decide(as_membership(x), EVENT_APPROVE, ids, 1);
    decide(as_membership(x), EVENT_RETURN_TO_COMPANY, ids + 1, 1);
    struct str text = summary_text(x, BATCH_NEW, &sheets);
    assert_says(text, "合计人数：3人");
    assert_says(text, "应缴会费：2人×5年×200.00元=2,000.00元");
    assert_says(text, "已批准");
    assert_says(text, "已退回");
}

/* Before the first print a reader gets what it would be, marked; afterwards the print with the code of its
 * QR. */
static void a_preview_is_marked(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct prints prints;
    struct bytes pdf;
    add_all(x, ids);
    decide(as_clerk(x), EVENT_RECOMMEND, ids, N_PEOPLE);
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_summary_pdf(c, (struct print_wanted){.kind = BATCH_NEW}, URL, &prints, &pdf));
    struct str text = pdf_text(x, pdf);
    assert_says(text, "预览");
    assert_says(text, "王建国");
    assert_says(text, arena_fmt(x->arena, "核验码：%.*s", STR_ARG(prints.p[0].check_code)).p);
    assert_silent(summary_text(x, BATCH_NEW, &prints), "预览");
}

static enum status print_status(struct ctx *c, struct print_wanted which, const char *once)
{
    enum status s = app_summary_print(c, which, str_from(once), URL);
    app_end(c);
    return s;
}

/* Decided meanwhile: there is nothing to print any more, and it was printed. */
static void a_form_sent_again_later(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    const struct print_wanted which = {.kind = BATCH_NEW};
    add_all(x, ids);
    decide(as_clerk(x), EVENT_RECOMMEND, ids, N_PEOPLE);
    assert_int_equal(print_status(as_clerk(x), which, "once"), ST_OK);
    decide(as_membership(x), EVENT_APPROVE, ids, N_PEOPLE);
    assert_int_equal(print_status(as_clerk(x), which, "once"), ST_OK);
    assert_int_equal(print_status(as_clerk(x), which, "other"), ST_NOT_FOUND);
    assert_int_equal(trail_count(x, "batch.print", "ok"), 1);
}

static void nothing_to_print(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_clerk(x);
    struct prints sheets = {0};
    struct bytes pdf;
    assert_int_equal(app_summary_pdf(c, (struct print_wanted){.kind = BATCH_NEW}, URL, &sheets, &pdf),
                     ST_NOT_FOUND);
    assert_int_equal(app_summary_print(c, (struct print_wanted){.kind = BATCH_NEW}, STR_NONE, URL),
                     ST_NOT_FOUND);
}

static void masked_by_setting(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct prints sheets;
    add_all(x, ids);
    decide(as_clerk(x), EVENT_RECOMMEND, ids, N_PEOPLE);
    settings_of(x)->export_masked = 1;
    struct str text = summary_text(x, BATCH_NEW, &sheets);
    assert_says(text, "620***********9019");
    assert_silent(text, "620112198507149019");
}

static void a_tab_is_a_plain_list(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct bytes pdf;
    add_all(x, ids);
    person_add(x, x->other, &(struct sample){.name = "别家人", .id_number = "620000198506069016"});
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_tab_pdf(c, STATE_SUBMITTED, &pdf));
    struct str text = pdf_text(x, pdf);
    assert_says(text, "甘肃省建设监理协会个人会员名单（个人提交）");
    assert_says(text, "合计人数：3人");
    assert_silent(text, "别家人");
    assert_silent(text, "应缴会费");
    assert_true(str_eq(trail_note(x, "member.print"), STR("个人提交，3 人")));
    c = as_membership(x);
    assert_int_equal(app_tab_pdf(c, STATE_SUBMITTED, &pdf), ST_FORBIDDEN);
}

static void an_empty_tab_prints_too(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_clerk(x);
    struct bytes pdf;
    assert_ok(c, app_tab_pdf(c, STATE_NONE, &pdf));
    struct str text = pdf_text(x, pdf);
    assert_says(text, "个人会员名单（全部）");
    assert_says(text, "合计人数：0人");
}

static struct str cell(const struct summary *s, size_t row, size_t column)
{
    return s->rows.p[row].cells.p[column].text;
}

static void a_preview_shows_what_the_print_shows(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct summaries pages;
    struct prints sheets;
    add_all(x, ids);
    decide(as_clerk(x), EVENT_RECOMMEND, ids, N_PEOPLE);
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_summary_preview(c, STATE_RECOMMENDED_NEW, &pages));
    assert_int_equal(pages.n, 1);
    assert_int_equal(pages.p[0].rows.n, N_PEOPLE);
    for (size_t i = 0; i < N_PEOPLE; i++) {
        assert_true(str_eq(cell(&pages.p[0], i, 1), str_from(PEOPLE[i].name)));
        assert_true(str_eq(cell(&pages.p[0], i, 3), str_from(PEOPLE[i].id_number)));
    }
    assert_true(str_eq(trail_note(x, "member.preview"), STR("企业推荐（新会员），3 人")));
    assert_int_equal(trail_count(x, "batch.print", "ok"), 0);
    c = as_clerk(x);
    assert_ok(c, app_prints_last(c, (struct print_wanted){.kind = BATCH_NEW}, &sheets));
    assert_int_equal(sheets.p[0].number, 0);
    assert_true(str_eq(pages.p[0].check_code, sheets.p[0].check_code));
}

static void a_preview_of_a_tab_is_a_plain_list(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct summaries pages;
    add_all(x, ids);
    person_add(x, x->other, &(struct sample){.name = "别家人", .id_number = "620000198506069016"});
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_summary_preview(c, STATE_SUBMITTED, &pages));
    assert_int_equal(pages.n, 1);
    assert_int_equal(pages.p[0].rows.n, N_PEOPLE);
    assert_int_equal(pages.p[0].number.n, 0);
    assert_int_equal(pages.p[0].check_code.n, 0);
}

static void nothing_to_preview_is_no_page(void **state)
{
    struct fixture *x = *state;
    struct summaries pages;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_summary_preview(c, STATE_RECOMMENDED_RENEWAL, &pages));
    assert_int_equal(pages.n, 0);
    assert_ok(c, app_summary_preview(c, STATE_NONE, &pages));
    assert_int_equal(pages.n, 0);
    app_end(c);
    assert_int_equal(trail_count(x, "member.preview", "ok"), 0);
    c = as_membership(x);
    assert_int_equal(app_summary_preview(c, STATE_NONE, &pages), ST_FORBIDDEN);
    assert_int_equal(app_summary_preview(c, STATE_RECOMMENDED_NEW, &pages), ST_FORBIDDEN);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_summary_says_who_and_what_is_due),
        TEST(who_was_returned_owes_nothing),
        TEST(a_preview_is_marked),
        TEST(a_form_sent_again_later),
        TEST(nothing_to_print),
        TEST(masked_by_setting),
        TEST(a_tab_is_a_plain_list),
        TEST(an_empty_tab_prints_too),
        TEST(a_preview_shows_what_the_print_shows),
        TEST(a_preview_of_a_tab_is_a_plain_list),
        TEST(nothing_to_preview_is_no_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
