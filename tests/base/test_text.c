#include "check.h"

#include "base/text.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <stdlib.h>

static int arena_before(void **state)
{
    *state = arena_new();
    return 0;
}

static int arena_after(void **state)
{
    arena_free(*state);
    return 0;
}

struct row {
    struct str typed, clean;
};

static void check(struct arena *a, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct str got = text_clean(a, rows[i].typed);
        if (!str_eq(got, rows[i].clean)) {
            print_error("row %zu: \"%.*s\", not \"%.*s\"\n", i, STR_ARG(got), STR_ARG(rows[i].clean));
            assert_true(false);
        }
    }
}

#define ROW(typed, clean)                                                                                    \
    {                                                                                                        \
        STR_INIT(typed), STR_INIT(clean)                                                                     \
    }

static void one_normal_form(void **state)
{
    static const struct row rows[] = {
        ROW("", ""),
        ROW("张三", "张三"),
        ROW("兰州市 城关区（1-2）号，3单元", "兰州市 城关区（1-2）号，3单元"),
        ROW("\uF90A大明", "金大明"),
        ROW("\U0002F800", "丽"),
        ROW("\u2F62肃\u2EA0", "甘肃民"),
        ROW("Jose\u0301 Silva", "José Silva"),
        ROW("Nguye\u0302\u0303n", "Nguyễn"),
        ROW("ＡＢｃ１２３", "ABc123"),
        ROW("（兰州）：，。－．＠", "（兰州）：，。－．＠"), /* punctuation stays */
        ROW("买买提\u0387艾力", "买买提·艾力"),
        ROW("𠮷𪚥\U0003158E", "𠮷𪚥\U0003158E"),
    };
    check(*state, rows, COUNT(rows));
}

static void what_draws_nothing_goes(void **state)
{
    static const struct row rows[] = {
        ROW("\u202D13800000000\u202C", "13800000000"),       ROW("\u200E13800000000\u200B", "13800000000"),
        ROW("138\uFE0D0000\u00AD0000", "13800000000"),       ROW("\uFEFF张\u2060三\u200D", "张三"),
        ROW("长城\u3164\u180E\u061C\uFFA0监理", "长城监理"), ROW("葛\U000E0100城", "葛城"),
    };
    check(*state, rows, COUNT(rows));
}

static void blanks(void **state)
{
    static const struct row rows[] = {
        ROW(" 张三\t", "张三"),
        ROW("\u3000\u00A0张三\u2003\u2800", "张三"),
        ROW("张\u00A0三\u3000丰", "张 三 丰"),
        ROW("a\tb\vc", "a b c"),
        ROW("a  b", "a  b"), /* as many as there were */
        ROW("一\r\n二\r三\n四\xC2\x85"
            "五",
            "一\n二\n三\n四\n五"),
        ROW("\r\n一\r\n", "一"),
    };
    check(*state, rows, COUNT(rows));
}

static void nothing_to_be_seen_is_nothing(void **state)
{
    static const char *const typed[] = {" ",      "\u3164\u3164", "\u2800",      "\u00AD", "\u115F",
                                        "\u180E", "\u061C",       "\U000E0020",  "\uFE0F", "\u200B",
                                        "\n\n",   "\u0301",       "\u202E",      "\u2028", "\uE000",
                                        "\uFFFD", "\U0001D159",   "\u3000\u200D"};
    for (size_t i = 0; i < COUNT(typed); i++)
        assert_int_equal(text_clean(*state, str_from(typed[i])).n, 0);
    assert_int_equal(text_clean(*state, (struct str){"\0", 1}).n, 0);
}

static void what_a_field_must_refuse_stays(void **state)
{
    static const struct row rows[] = {
        ROW("甘肃\u202E监理", "甘肃\u202E监理"),
        ROW("甘肃\u2028", "甘肃\u2028"),
        ROW("甘肃\u2067监理", "甘肃\u2067监理"),
        ROW("甘\0肃", "甘\0肃"),
        ROW("甘\x7F肃", "甘\x7F肃"),
        ROW("甘\xFF", "甘\uFFFD"),
    };
    check(*state, rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_false(text_is_line(rows[i].clean));
        assert_false(text_is_lines(rows[i].clean));
    }
    assert_true(text_is_line(STR("甘肃 监理😀")));
    assert_false(text_is_line(STR("甘\xE8\x82")));
    assert_false(text_is_line(STR("一\n二")));
    assert_true(text_is_lines(STR("一\n二")));
    assert_false(text_is_lines(STR("一\t二")));
}

static void passwords_are_only_composed(void **state)
{
    static const struct row rows[] = {
        ROW(" Jose\u0301\u200B 1\u00A0", " José\u200B 1\u00A0"),
        ROW("ＡＢ\uF90A1", "ＡＢ金1"),
        ROW("Abc-2026", "Abc-2026"),
        ROW("a\xFF", "a\xFF"),
        ROW("", ""),
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_same(text_nfc(*state, rows[i].typed), rows[i].clean);
}

static uint32_t any_character(void)
{
    static const uint32_t FROM[] = {0x20,   0x00A0, 0x0300, 0x0370, 0x1100, 0x1E00,  0x2000, 0x2E80,
                                    0x3000, 0x4E00, 0xAC00, 0xF900, 0xFE00, 0x1D15E, 0x2F800};
    uint32_t c = FROM[(size_t)rand() % COUNT(FROM)] + (uint32_t)rand() % 256;
    return c >= 0xD800 && c < 0xE000 ? 'x' : c;
}

/* Whatever comes in: the same when it is done twice, UTF-8, NFC, no blank at the ends, at most three times as
 * long. */
static void whatever_comes_in(void **state)
{
    (void)state;
    srand(5);
    for (int round = 0; round < 20000; round++) {
        struct arena *a = arena_new();
        char text[64];
        size_t n = 0, most = (size_t)rand() % 12;
        for (size_t i = 0; i < most; i++)
            n += rand() % 20 ? utf8_put(any_character(), text + n) : (text[n] = (char)rand(), (size_t)1);
        struct str typed = {text, n}, once = text_clean(a, typed);
        assert_same(text_clean(a, once), once);
        assert_same(text_nfc(a, once), once);
        assert_true(utf8_valid(once));
        assert_true(once.n <= 3 * typed.n);
        for (size_t at = 0; at < once.n;)
            assert_false(unicode_classes(utf8_next(once, &at)) & UNICODE_IGNORABLE);
        if (once.n) assert_true(once.p[0] != ' ' && once.p[once.n - 1] != ' ');
        arena_free(a);
    }
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, arena_before, arena_after)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_normal_form),
        TEST(what_draws_nothing_goes),
        TEST(blanks),
        TEST(nothing_to_be_seen_is_nothing),
        TEST(what_a_field_must_refuse_stays),
        TEST(passwords_are_only_composed),
        TEST(whatever_comes_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
