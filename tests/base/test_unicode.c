#include "check.h"

#include "base/unicode.h"

static void classes(void **state)
{
    (void)state;
    static const struct {
        uint32_t c;
        unsigned has, has_not;
    } rows[] = {
        {'a', UNICODE_LATIN | UNICODE_SEEN, UNICODE_UNSTABLE | UNICODE_HAN},
        {U'é', UNICODE_LATIN, UNICODE_UNSTABLE},
        {U'ễ', UNICODE_LATIN, UNICODE_UNSTABLE},
        {U'×', UNICODE_SEEN, UNICODE_LATIN},
        {U'Ａ', UNICODE_SEEN | UNICODE_UNSTABLE, UNICODE_LATIN}, /* until it is cleaned */
        {U'я', UNICODE_SEEN, UNICODE_LATIN},
        {U'张', UNICODE_HAN | UNICODE_SEEN, UNICODE_UNSTABLE | UNICODE_LATIN},
        {U'〇', UNICODE_HAN, 0},
        {U'○', UNICODE_SEEN, UNICODE_HAN},
        {0x2BC20, UNICODE_HAN, 0},
        {0x3158E, UNICODE_HAN, 0},
        {0x3347B, UNICODE_HAN | UNICODE_SEEN, 0}, /* not known to the tables */
        {0xF90A, UNICODE_UNSTABLE, UNICODE_HAN},
        {0xFA0E, UNICODE_HAN, UNICODE_UNSTABLE},
        {0x2F62, UNICODE_UNSTABLE, UNICODE_HAN},
        {0x0301, UNICODE_MARK | UNICODE_UNSTABLE, UNICODE_SEEN | UNICODE_IGNORABLE},
        {0x200B, UNICODE_IGNORABLE, UNICODE_SEEN | UNICODE_BLANK},
        {0x00AD, UNICODE_IGNORABLE, UNICODE_SEEN},
        {0x034F, UNICODE_IGNORABLE, UNICODE_SEEN},
        {0x061C, UNICODE_IGNORABLE, UNICODE_SEEN},
        {0x115F, UNICODE_IGNORABLE, UNICODE_SEEN},
        {0x180E, UNICODE_IGNORABLE, UNICODE_SEEN},
        {0x200E, UNICODE_IGNORABLE, UNICODE_SEEN | UNICODE_TURNS},
        {0x202D, UNICODE_IGNORABLE, UNICODE_TURNS},
        {0x202E, UNICODE_TURNS, UNICODE_IGNORABLE},
        {0x202B, UNICODE_TURNS, UNICODE_IGNORABLE},
        {0x2067, UNICODE_TURNS, UNICODE_IGNORABLE},
        {0x2069, UNICODE_IGNORABLE, UNICODE_TURNS},
        {0x2028, UNICODE_TURNS, UNICODE_BLANK},
        {0x2029, UNICODE_TURNS, UNICODE_BLANK},
        {0x2060, UNICODE_IGNORABLE, 0},
        {0x3164, UNICODE_IGNORABLE, UNICODE_SEEN},
        {0xFE0F, UNICODE_IGNORABLE, 0},
        {0xFEFF, UNICODE_IGNORABLE, 0},
        {0xFFA0, UNICODE_IGNORABLE, 0},
        {0xE0020, UNICODE_IGNORABLE, 0},
        {0xE01EF, UNICODE_IGNORABLE, 0},
        {' ', UNICODE_BLANK, UNICODE_SEEN | UNICODE_HIDDEN},
        {'\t', UNICODE_BLANK | UNICODE_HIDDEN, UNICODE_SEEN},
        {0x00A0, UNICODE_BLANK, UNICODE_SEEN},
        {0x2002, UNICODE_BLANK, UNICODE_SEEN},
        {0x202F, UNICODE_BLANK, UNICODE_SEEN},
        {0x205F, UNICODE_BLANK, UNICODE_SEEN},
        {0x2800, UNICODE_BLANK, UNICODE_SEEN},
        {0x2801, UNICODE_SEEN, UNICODE_BLANK},
        {0x3000, UNICODE_BLANK, UNICODE_SEEN},
        {0x0000, UNICODE_HIDDEN, UNICODE_SEEN},
        {0x007F, UNICODE_HIDDEN, UNICODE_SEEN},
        {0xFFFD, UNICODE_HIDDEN, UNICODE_SEEN},
        {0xFFFF, UNICODE_HIDDEN, UNICODE_SEEN},
        {0xE000, 0, UNICODE_SEEN | UNICODE_HAN}, /* private use */
        {'-', UNICODE_DASH | UNICODE_PUNCTUATION, UNICODE_DOT},
        {0x2011, UNICODE_DASH, 0},
        {0x2013, UNICODE_DASH, 0},
        {0x2212, UNICODE_DASH, UNICODE_PUNCTUATION},
        {0xFF0D, UNICODE_DASH, 0},
        {U'一', UNICODE_HAN, UNICODE_DASH},
        {U'·', UNICODE_DOT, UNICODE_DASH},
        {0x2022, UNICODE_DOT, 0},
        {0x2027, UNICODE_DOT, 0},
        {0x2219, UNICODE_DOT, 0},
        {0x22C5, UNICODE_DOT, 0},
        {0x30FB, UNICODE_DOT, 0},
        {0xFF65, UNICODE_DOT, 0},
        {0x0387, UNICODE_DOT, 0},
        {0x16EB, UNICODE_DOT, 0},
        {'.', UNICODE_DOT, 0},
        {U'。', UNICODE_DOT, 0},
        {U'，', UNICODE_PUNCTUATION, UNICODE_DOT},
        {U'ŀ', UNICODE_LATIN, UNICODE_DOT},
        {'(', UNICODE_OPEN, UNICODE_CLOSE},
        {U'（', UNICODE_OPEN, 0},
        {0xFE59, UNICODE_OPEN, 0},
        {U'【', UNICODE_OPEN, 0},
        {U'〕', UNICODE_CLOSE, UNICODE_OPEN},
        {U'“', UNICODE_QUOTE, UNICODE_APOSTROPHE},
        {'\'', UNICODE_APOSTROPHE, UNICODE_QUOTE},
        {0x2019, UNICODE_APOSTROPHE, UNICODE_QUOTE},
        {0x02BC, UNICODE_APOSTROPHE, 0},
        {0x110000, 0, ~0u},
        {UINT32_MAX, 0, ~0u},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        unsigned got = unicode_classes(rows[i].c);
        if ((got & rows[i].has) != rows[i].has || got & rows[i].has_not) {
            print_error("U+%04X: %#x\n", rows[i].c, got);
            assert_true(false);
        }
    }
}

static void letters(void **state)
{
    (void)state;
    assert_int_equal(unicode_to_upper('a'), 'A');
    assert_int_equal(unicode_to_upper(U'é'), U'É');
    assert_int_equal(unicode_to_upper(U'张'), U'张');
    assert_int_equal(unicode_to_equivalent(0x2F62), U'甘');
    assert_int_equal(unicode_to_equivalent(0x2EA0), U'民');
    assert_int_equal(unicode_to_equivalent(0x31D0), U'一');
    assert_int_equal(unicode_to_equivalent(U'Ａ'), 'A');
    assert_int_equal(unicode_to_equivalent(U'９'), '9');
    assert_int_equal(unicode_to_equivalent(U'（'), U'（'); /* no letter */
    assert_string_equal(unicode_base_letters(U'đ'), "D");
    assert_string_equal(unicode_base_letters(U'Ø'), "O");
    assert_string_equal(unicode_base_letters(U'æ'), "AE");
    assert_string_equal(unicode_base_letters(U'ß'), "SS");
    assert_null(unicode_base_letters('a'));
    assert_null(unicode_base_letters(U'é')); /* decomposes */
    assert_null(unicode_base_letters(U'张'));
}

static void marks_without_end(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    enum { N = 60000 };
    struct runes r;
    ARENA_RESERVE(a, &r, N);
    for (size_t i = 0; i < N; i++)
        r.p[r.n++] = i % 2 ? 0x0301 : 0x0327;
    struct runes sorted = runes_decompose(a, &r, false);
    assert_int_equal(sorted.n, N);
    assert_int_equal(sorted.p[N / 2 - 1], 0x0327);
    assert_int_equal(sorted.p[N / 2], 0x0301);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(classes), cmocka_unit_test(letters),
                                       cmocka_unit_test(marks_without_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
