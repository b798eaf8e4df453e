#include "printed.h"

#include "app/companies/letter.h"
#include "app/members/application.h"

static const struct sample PERSON = {
    .name = "王建国", .id_number = "620112198507149019", .mobile = "13893100011"};
#define URL STR("https://huiyuan.example.com")

static void an_application_is_for_those_concerned(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_add(x, x->company, &PERSON);
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
        TEST(an_application_is_for_those_concerned),
        TEST(a_letter_brings_the_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
