#include "register.h"

#include "app/prints.h"
#include "app/settings.h"
#include "app/summaries.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

/* What a person who copies from the document gets; blanks go, so that only the words and their order count.
 */
static struct str pdf_text(struct fixture *x, struct bytes pdf)
{
    char path[] = "/tmp/huiyuan-print-XXXXXX", piece[4096];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf.p, pdf.n), pdf.n);
    close(fd);
    FILE *out = popen(arena_fmt(x->arena, "pdftotext -layout %s -", path).p, "r");
    struct buf b;
    size_t n;
    buf_init(&b, 4096, 1 << 20);
    while ((n = fread(piece, 1, sizeof piece, out)) > 0)
        for (size_t i = 0; i < n; i++)
            if (piece[i] != ' ' && piece[i] != '\n') buf_char(&b, piece[i]);
    assert_int_equal(pclose(out), 0);
    unlink(path);
    struct str text = arena_str(x->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static void assert_says(struct str text, const char *words)
{
    size_t at;
    if (!str_find(text, str_from(words), &at)) print_error("no %s in: %s\n", words, text.p);
    assert_true(str_find(text, str_from(words), &at));
}

static void assert_silent(struct str text, const char *words)
{
    size_t at;
    assert_false(str_find(text, str_from(words), &at));
}

static struct str summary_text(struct fixture *x, enum batch_kind kind, struct batch_sheets *ret_sheets)
{
    struct ctx *c = as_clerk(x);
    struct bytes pdf;
    assert_ok(c, app_batches_print(c, kind, ret_sheets));
    assert_ok(c, app_summary_pdf(c, ret_sheets, URL, &pdf));
    return pdf_text(x, pdf);
}

static void a_summary_says_who_and_what_is_due(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct batch_sheets sheets;
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
    assert_says(text, arena_fmt(x->arena, "批次号：%.*s", STR_ARG(sheets.p[0].batch.number)).p);
    assert_says(text, arena_fmt(x->arena, "核验码：%.*s", STR_ARG(sheets.p[0].code)).p);
}

static void who_was_returned_owes_nothing(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct batch_sheets sheets;
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

static void nothing_to_print(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_clerk(x);
    struct batch_sheets sheets = {0};
    struct bytes pdf;
    assert_int_equal(app_summary_pdf(c, &sheets, URL, &pdf), ST_NOT_FOUND);
}

static void masked_by_setting(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    struct batch_sheets sheets;
    struct settings masked = *x->app->settings;
    add_all(x, ids);
    decide(as_clerk(x), EVENT_RECOMMEND, ids, N_PEOPLE);
    masked.export_masked = 1;
    x->app->settings = &masked;
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

static void an_application_is_for_those_concerned(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_add(x, x->company, &PEOPLE[0]);
    const struct {
        struct ctx *c;
        enum status status;
        const char *id_number, *born;
        int64_t noted; /* rows in the trail afterwards */
    } READERS[] = {
        {as_member(x, id), ST_OK, "620112198507149019", "出生日期1985-07-14", 0},
        {as_clerk(x), ST_OK, "620112198507149019", "出生日期1985-07-14", 1},
        {as_membership(x), ST_OK, "620112198507149019", "出生日期1985-07-14", 2},
        {as_viewer(x), ST_OK, "620***********9019", "出生日期1985学历", 3},
        {as_other_clerk(x), ST_NOT_FOUND, NULL, NULL, 3},
        {as_member(x, (struct member_id){id.v + 1}), ST_NOT_FOUND, NULL, NULL, 3},
        {as_command_line(x), ST_NOT_FOUND, NULL, NULL, 3},
    };
    for (size_t i = 0; i < COUNT(READERS); i++) {
        struct bytes pdf;
        assert_int_equal(app_application_pdf(READERS[i].c, id, &pdf), READERS[i].status);
        app_end(READERS[i].c);
        assert_int_equal(trail_count(x, "member.print_application", "ok"), READERS[i].noted);
        if (READERS[i].status) continue;
        struct str text = pdf_text(x, pdf);
        assert_says(text, "甘肃省建设监理协会个人会员入会申请表");
        assert_says(text, READERS[i].id_number);
        assert_says(text, READERS[i].born);
        assert_says(text, "王建国");
        assert_says(text, "甘肃示范工程监理有限公司");
        assert_says(text, "入会承诺");
    }
}

static void a_letter_brings_the_password(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_membership(x);
    struct one_time account = {.account = STR("甘肃示范工程监理有限公司"), .password = STR("Kq7-mW2x-94Rt")};
    struct bytes pdf;
    account.company.name = account.account;
    assert_ok(c, app_letter_pdf(c, &account, URL, &pdf));
    struct str text = pdf_text(x, pdf);
    assert_says(text, "企业账号分配通知");
    assert_says(text, "Kq7-mW2x-94Rt");
    assert_says(text, "https://huiyuan.example.com/login?as=company");
    assert_says(text, "2026年11月23日");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_summary_says_who_and_what_is_due),
        TEST(who_was_returned_owes_nothing),
        TEST(nothing_to_print),
        TEST(masked_by_setting),
        TEST(a_tab_is_a_plain_list),
        TEST(an_empty_tab_prints_too),
        TEST(an_application_is_for_those_concerned),
        TEST(a_letter_brings_the_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
