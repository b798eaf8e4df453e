#include "check.h"

#include "base/utf8.h"

static void good_characters(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        uint32_t c;
    } cases[] = {
        {STR_INIT("\0"), 0},
        {STR_INIT("A"), 'A'},
        {STR_INIT("\x7F"), 0x7F},
        {STR_INIT("\xC2\x80"), 0x80},
        {STR_INIT("\xDF\xBF"), 0x7FF},
        {STR_INIT("\xE0\xA0\x80"), 0x800},
        {STR_INIT("会"), 0x4F1A},
        {STR_INIT("\xED\x9F\xBF"), 0xD7FF},
        {STR_INIT("\xEE\x80\x80"), 0xE000},
        {STR_INIT("\xEF\xBF\xBF"), 0xFFFF},
        {STR_INIT("\xF0\x90\x80\x80"), 0x10000},
        {STR_INIT("𬱖"), 0x2CC56},
        {STR_INIT("\xF4\x8F\xBF\xBF"), 0x10FFFF},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t at = 0;
        assert_int_equal(utf8_next(cases[i].s, &at), cases[i].c);
        assert_int_equal(at, cases[i].s.n);
        char put[4];
        size_t n = utf8_put(cases[i].c, put);
        assert_same(((struct str){put, n}), cases[i].s);
        assert_true(utf8_valid(cases[i].s));
        assert_int_equal(utf8_count(cases[i].s), 1);
    }
}

static void bad_bytes(void **state)
{
    (void)state;
    static const struct str cases[] = {
        STR_INIT("\x80"),             /* a following byte first */
        STR_INIT("\xC0\x80"),         /* overlong NUL */
        STR_INIT("\xC1\xBF"),         /* overlong */
        STR_INIT("\xE0\x9F\xBF"),     /* overlong */
        STR_INIT("\xF0\x8F\xBF\xBF"), /* overlong */
        STR_INIT("\xED\xA0\x80"),     /* a surrogate */
        STR_INIT("\xED\xBF\xBF"),     /* a surrogate */
        STR_INIT("\xF4\x90\x80\x80"), /* past U+10FFFF */
        STR_INIT("\xF5\x80\x80\x80"),
        STR_INIT("\xFF"),
        STR_INIT("\xC3"),
        STR_INIT("\xE4\xBC"),
        STR_INIT("\xF0\xAC\xB1"),
        STR_INIT("\xE4\xBC\x41"),
        STR_INIT("\xC3\x41"),
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t at = 0;
        assert_int_equal(utf8_next(cases[i], &at), UTF8_BAD);
        assert_int_equal(at, 1); /* one byte on: what follows is looked at again */
        assert_false(utf8_valid(cases[i]));
    }
}

static void valid_looks_at_the_whole(void **state)
{
    (void)state;
    assert_true(utf8_valid(STR("")));
    assert_true(utf8_valid(STR_NONE));
    assert_true(utf8_valid(STR("张三·𬱖 a")));
    assert_false(utf8_valid(STR("张三\xFF")));
}

static void count(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(STR("张三·𬱖 a")), 6);
    assert_int_equal(utf8_count(STR("")), 0);
}

static void clip_keeps_whole_characters(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        size_t bytes, kept;
    } cases[] = {
        {STR_INIT("abc"), 2, 2},    {STR_INIT("abc"), 3, 3},
        {STR_INIT("abc"), 9, 3},    {STR_INIT("a会b"), 1, 1},
        {STR_INIT("a会b"), 2, 1},   {STR_INIT("a会b"), 3, 1},
        {STR_INIT("a会b"), 4, 4},   {STR_INIT("a会b"), 5, 5},
        {STR_INIT("𬱖"), 3, 0},   {STR_INIT("𬱖"), 4, 4},
        {STR_INIT("é"), 1, 0},      {STR_INIT("é"), 2, 2},
        {STR_INIT("会"), 0, 0},     {STR_INIT(""), 4, 0},
        {STR_INIT("会\xE4"), 4, 3}, /* cut before already */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str clipped = utf8_clip(cases[i].s, cases[i].bytes);
        assert_int_equal(clipped.n, cases[i].kept);
        assert_ptr_equal(clipped.p, cases[i].s.p);
    }
}

static void half_width(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_text(utf8_half_width(a, STR("６２０１Ｘｘ")), "6201Xx");
    assert_text(utf8_half_width(a, STR("（！～）\xE3\x80\x80")), "(!~) ");
    assert_text(utf8_half_width(a, STR("张三·𬱖a")), "张三·𬱖a");
    assert_text(utf8_half_width(a, STR("。￥")), "。￥"); /* U+3002 and U+FFE5 are outside */
    assert_text(utf8_half_width(a, STR("\xFF\xEF\xBC")), "\xFF\xEF\xBC");
    assert_int_equal(utf8_half_width(a, STR_NONE).n, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_characters),
        cmocka_unit_test(bad_bytes),
        cmocka_unit_test(valid_looks_at_the_whole),
        cmocka_unit_test(count),
        cmocka_unit_test(clip_keeps_whole_characters),
        cmocka_unit_test(half_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
