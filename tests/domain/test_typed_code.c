#include "check.h"

#include "domain/typed_code.h"

static void folding(void **state)
{
    (void)state;
    static const struct {
        struct str typed;
        size_t n;
        const char *text;
    } cases[] = {
        {STR_INIT(""), 0, ""},
        {STR_INIT(" \t ab1 \n"), 3, "AB1"},
        {STR_INIT("ａＢ１＋"), 4, "AB1+"},
        {STR_INIT("a b"), 2, "AB"},
        {STR_INIT("a-b–c－d"), 4, "ABCD"},
        {STR_INIT("\u3000\u00A0a\u200B\u202Db\u202C\uFEFF"), 2, "AB"},
        {STR_INIT("a\u202Eb\u2028"), 4, "A?B?"},
        {STR_INIT("a\0b"), 3, "A?B"},
        {STR_INIT("中\xFF"), 2, "??"},
        {STR_INIT("\x7F\x1F"), 2, "??"},
        {STR_INIT("1234567"), 7, "1234567"},
        {STR_INIT("12345678"), 8, "1234567"}, /* cut, but counted */
        {STR_INIT("1234567890"), 10, "1234567"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[8];
        assert_row(cases[i].text, typed_code(cases[i].typed, text, sizeof text), cases[i].n);
        assert_string_equal(text, cases[i].text);
    }
}

static void plain(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *text;
    } cases[] = {
        {" \u00A0１，０００。５０\u3000", "1,000.50"},
        {"—5", "-5"},
        {"1\u200B2 3", "12 3"},
        {" ", ""},
        {"中", "?"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[16];
        assert_row(cases[i].typed, typed_plain(str_from(cases[i].typed), text, sizeof text),
                   strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
    char text[4];
    assert_int_equal(typed_plain(STR("123456  "), text, sizeof text), 6);
    assert_string_equal(text, "123");
}

static void whole_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        bool good;
        int64_t n;
    } cases[] = {
        {"12", true, 12},       {"１２", true, 12},
        {"1,000", true, 1000},  {"１，０００，０００", true, 1000000},
        {" 5\u00A0", true, 5},  {"-3", true, -3},
        {"−3", true, -3},       {"0", true, 0},
        {"", false, 0},         {"1,00", false, 0},
        {"1000,000", false, 0}, {",100", false, 0},
        {"1,", false, 0},       {"1.5", false, 0},
        {"1 2", false, 0},      {"十", false, 0},
        {"12a", false, 0},      {"9999999999999999999999999999999999999999999", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t n = 0;
        assert_row(cases[i].typed, typed_int(str_from(cases[i].typed), &n), cases[i].good);
        assert_row(cases[i].typed, n, cases[i].n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(folding), cmocka_unit_test(plain),
                                       cmocka_unit_test(whole_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
