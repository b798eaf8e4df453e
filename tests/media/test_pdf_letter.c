#include "media/pdf.h"

#include "check.h"
#include "pdf_pages.h"

static const struct str paragraphs[] = {STR_INIT("企业账号已经开通。")};
static const struct pdf_letter letter = {
    .title = STR_INIT("账号分配通知"),
    .to = STR_INIT("演示监理公司0001"),
    .paragraphs = paragraphs,
    .paragraph_count = COUNT(paragraphs),
    .account_label = STR_INIT("账号"),
    .account = STR_INIT("演示监理公司0001"),
    .password_label = STR_INIT("一次性密码"),
    .password = STR_INIT("K7mQ-w3xR-9pT4"),
    .address = STR_INIT("http://127.0.0.1:8080/login"),
    .from = STR_INIT("甘肃省建设监理协会"),
    .date = {2026, 11, 23},
};

static void each_letter_is_a_page(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 3; n++) {
        struct arena *a = arena_new();
        const struct pdf_letter letters[] = {letter, letter, letter};
        struct bytes pdf;
        assert_int_equal(pdf_letters(a, NULL, letters, n, &pdf), ST_OK);
        assert_int_equal(pages_of(pdf, "595.28 841.89"), n);
        arena_free(a);
    }
}

static void a_letter_without_an_address_is_refused(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct pdf_letter bad = letter;
    struct bytes pdf = {NULL, 7};
    bad.address = STR_NONE;
    assert_int_equal(pdf_letters(a, NULL, &bad, 1, &pdf), ST_BAD_INPUT);
    assert_int_equal(pdf.n, 7);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_letter_is_a_page),
        cmocka_unit_test(a_letter_without_an_address_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
