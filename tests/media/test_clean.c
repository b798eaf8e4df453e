#include "media/clean.h"

#include "check.h"

static void texts_become_what_a_file_can_carry(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        size_t max_chars;
        const char *clean;
    } cases[] = {
        {STR_INIT("王𬱖 A"), 100, "王𬱖 A"},
        {STR_INIT("a\0b\x01\n\t\x7f z"), 100, "a b     z"},
        {STR_INIT("a\xff"
                  "b\xe4\xb8"),
         100, NULL},
        {STR_INIT("王𬱖王"), 2, "王𬱖"},
        {STR_INIT("\xef\xbf\xbf"), 100, "\xef\xbf\xbd"},
        {STR_INIT(""), 100, ""},
        {{NULL, 0}, 100, ""},
        {STR_INIT("abc"), 0, ""},
    };
    struct buf b;
    buf_init(&b, 16, 500);
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct str clean = clean_text(&b, cases[c].text, cases[c].max_chars);
        assert_int_equal(clean.p[clean.n], '\0');
        if (cases[c].clean)
            assert_string_equal(clean.p, cases[c].clean);
        else
            assert_true(str_starts(clean, STR("a\xef\xbf\xbd"
                                              "b\xef\xbf\xbd")));
    }
    assert_false(b.full);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_become_what_a_file_can_carry)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
