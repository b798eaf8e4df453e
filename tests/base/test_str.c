#include "check.h"

static void from_c_string(void **state)
{
    (void)state;
    assert_text(str_from("会员"), "会员");
    assert_text(str_from(""), "");
    assert_null(str_from(NULL).p);
    assert_text(str_or_empty(STR_NONE), "");
    assert_non_null(str_or_empty(STR_NONE).p);
    assert_text(str_or_empty(STR("会员")), "会员");
}

static void equality_and_order(void **state)
{
    (void)state;
    static const struct {
        struct str a, b;
        int order;
    } cases[] = {
        {STR_INIT("a"), STR_INIT("a"), 0},        {STR_INIT("a"), STR_INIT("b"), -1},
        {STR_INIT("b"), STR_INIT("a"), 1},        {STR_INIT("a"), STR_INIT("ab"), -1},
        {STR_INIT("ab"), STR_INIT("a"), 1},       {STR_INIT("a\0b"), STR_INIT("a\0c"), -1},
        {STR_INIT("\x7F"), STR_INIT("\x80"), -1}, /* bytes are unsigned */
        {STR_INIT(""), STR_INIT(""), 0},          {STR_INIT(""), {NULL, 0}, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int order = str_cmp(cases[i].a, cases[i].b);
        assert_int_equal((order > 0) - (order < 0), cases[i].order);
        assert_int_equal(str_eq(cases[i].a, cases[i].b), cases[i].order == 0);
    }
}

static void starts_and_ends(void **state)
{
    (void)state;
    static const struct {
        struct str s, part;
        bool starts, ends;
    } cases[] = {
        {STR_INIT("/staff/members"), STR_INIT("/staff"), true, false},
        {STR_INIT("/staff/members"), STR_INIT("members"), false, true},
        {STR_INIT("abc"), STR_INIT("abc"), true, true},
        {STR_INIT("abc"), STR_INIT("abcd"), false, false},
        {STR_INIT("abc"), STR_INIT(""), true, true},
        {{NULL, 0}, STR_INIT("a"), false, false},
        {{NULL, 0}, STR_INIT(""), true, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(str_starts(cases[i].s, cases[i].part), cases[i].starts);
        assert_int_equal(str_ends(cases[i].s, cases[i].part), cases[i].ends);
    }
}

static void find(void **state)
{
    (void)state;
    static const struct {
        struct str s, part;
        bool found;
        size_t at;
    } cases[] = {
        {STR_INIT("abcabc"), STR_INIT("ca"), true, 2}, {STR_INIT("abcabc"), STR_INIT("abc"), true, 0},
        {STR_INIT("a\0b"), STR_INIT("\0b"), true, 1},  {STR_INIT("abc"), STR_INIT("d"), false, 7},
        {STR_INIT("abc"), STR_INIT("abcd"), false, 7}, {STR_INIT("abc"), STR_INIT(""), false, 7},
        {{NULL, 0}, STR_INIT("a"), false, 7},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t at = 7;
        assert_int_equal(str_find(cases[i].s, cases[i].part, &at), cases[i].found);
        assert_int_equal(at, cases[i].at);
    }
    assert_true(str_find(STR("abc"), STR("b"), NULL));
}

static void nul(void **state)
{
    (void)state;
    assert_true(str_has_nul(STR("a\0b")));
    assert_true(str_has_nul(STR("\0")));
    assert_false(str_has_nul(STR("ab")));
    assert_false(str_has_nul(STR("")));
    assert_false(str_has_nul(STR_NONE));
}

static void sub_is_clipped(void **state)
{
    (void)state;
    assert_text(str_sub(STR("abcdef"), 1, 3), "bcd");
    assert_text(str_sub(STR("abcdef"), 4, 100), "ef");
    assert_text(str_sub(STR("abcdef"), 4, SIZE_MAX), "ef");
    assert_text(str_sub(STR("abcdef"), 6, 1), "");
    assert_text(str_sub(STR("abcdef"), 60, 1), "");
    assert_null(str_sub(STR_NONE, 0, 1).p);
}

static void trim(void **state)
{
    (void)state;
    assert_text(str_trim(STR(" \t\r\n\v\fa b \n")), "a b");
    assert_text(str_trim(STR("a")), "a");
    assert_text(str_trim(STR(" \t ")), "");
    assert_text(str_trim(STR("\xE3\x80\x80")), "\xE3\x80\x80"); /* an ideographic space is no ASCII blank */
    assert_text(str_trim(STR("\0")), "\0");
    assert_null(str_trim(STR_NONE).p);
}

static void cut(void **state)
{
    (void)state;
    static const struct {
        struct str s, head, rest;
        bool found;
    } cases[] = {
        {STR_INIT("a=b=c"), STR_INIT("a"), STR_INIT("b=c"), true},
        {STR_INIT("=b"), STR_INIT(""), STR_INIT("b"), true},
        {STR_INIT("a="), STR_INIT("a"), STR_INIT(""), true},
        {STR_INIT("abc"), STR_INIT("abc"), {NULL, 0}, false},
        {STR_INIT(""), STR_INIT(""), {NULL, 0}, false},
        {{NULL, 0}, {NULL, 0}, {NULL, 0}, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str head, rest;
        assert_int_equal(str_cut(cases[i].s, '=', &head, &rest), cases[i].found);
        assert_same(head, cases[i].head);
        assert_same(rest, cases[i].rest);
    }
}

static void integers(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        bool good;
        int64_t value;
    } cases[] = {
        {STR_INIT("0"), true, 0},
        {STR_INIT("-0"), true, 0},
        {STR_INIT("007"), true, 7},
        {STR_INIT("-42"), true, -42},
        {STR_INIT("9223372036854775807"), true, INT64_MAX},
        {STR_INIT("-9223372036854775808"), true, INT64_MIN},
        {STR_INIT("9223372036854775808"), false, 77},
        {STR_INIT("-9223372036854775809"), false, 77},
        {STR_INIT("99999999999999999999999"), false, 77},
        {STR_INIT(""), false, 77},
        {STR_INIT("-"), false, 77},
        {STR_INIT("+1"), false, 77},
        {STR_INIT(" 1"), false, 77},
        {STR_INIT("1 "), false, 77},
        {STR_INIT("1\0"), false, 77},
        {STR_INIT("0x10"), false, 77},
        {STR_INIT("１"), false, 77},
        {{NULL, 0}, false, 77},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t value = 77;
        assert_int_equal(str_int(cases[i].s, &value), cases[i].good);
        assert_int_equal(value, cases[i].value);
    }
}

static void bytes(void **state)
{
    (void)state;
    assert_true(bytes_eq(str_bytes(STR("a\0b")), str_bytes(STR("a\0b"))));
    assert_false(bytes_eq(str_bytes(STR("a\0b")), str_bytes(STR("a\0c"))));
    assert_false(bytes_eq(str_bytes(STR("a")), str_bytes(STR("ab"))));
    assert_true(bytes_eq((struct bytes){0}, str_bytes(STR(""))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_c_string),
        cmocka_unit_test(equality_and_order),
        cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(find),
        cmocka_unit_test(nul),
        cmocka_unit_test(sub_is_clipped),
        cmocka_unit_test(trim),
        cmocka_unit_test(cut),
        cmocka_unit_test(integers),
        cmocka_unit_test(bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
