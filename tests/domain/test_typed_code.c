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
        {STR_INIT("a b"), 3, "A B"},
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(folding)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
