#include "check.h"

#include "domain/codes.h"

static void labels(void **state)
{
    (void)state;
    const struct {
        const struct codes *list;
        int value;
        const char *label;
    } cases[] = {
        {&sex_codes, 0, "未知"},
        {&sex_codes, 1, "男"},
        {&sex_codes, 2, "女"},
        {&sex_codes, 9, "未说明"},
        {&education_codes, 11, "博士"},
        {&education_codes, 14, "硕士"},
        {&education_codes, 21, "本科"},
        {&education_codes, 31, "大专"},
        {&education_codes, 41, "中专"},
        {&education_codes, 44, "职高"},
        {&education_codes, 47, "技校"},
        {&education_codes, 61, "高中"},
        {&education_codes, 90, "其他"},
        {&title_level_codes, 0, "无"},
        {&title_level_codes, 1, "技术员（员级）"},
        {&title_level_codes, 2, "助理工程师（助理级）"},
        {&title_level_codes, 3, "工程师（中级）"},
        {&title_level_codes, 4, "高级工程师（副高级）"},
        {&title_level_codes, 5, "正高级工程师（正高级）"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int value = -1;
        assert_string_equal(code_label(*cases[i].list, cases[i].value), cases[i].label);
        assert_true(code_by_label(*cases[i].list, str_from(cases[i].label), &value));
        assert_row(cases[i].label, value, cases[i].value);
    }
    assert_int_equal(COUNT(cases), sex_codes.n + education_codes.n + title_level_codes.n);
}

static void unknown(void **state)
{
    (void)state;
    int value = -1;
    assert_string_equal(code_label(education_codes, 10), "");
    assert_false(code_by_label(education_codes, STR("小学"), &value));
    assert_int_equal(value, -1);
}

static void typed(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        bool good;
        int value;
    } cases[] = {
        {"21", true, 21},   {"90", true, 90},  {"", false, 0},    {"10", false, 0},
        {"本科", false, 0}, {"21 ", false, 0}, {"-21", false, 0}, {"99999999999999999999", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int value = -1;
        assert_row(cases[i].typed, code_parse(education_codes, str_from(cases[i].typed), &value),
                   cases[i].good);
        assert_row(cases[i].typed, value, cases[i].good ? cases[i].value : -1);
    }
}

static void posts(void **state)
{
    (void)state;
    static const char *const known[] = {"总监", "总监代表", "专监", "监理员", "资料员", "其他"};
    assert_int_equal(post_words.n, COUNT(known));
    for (size_t i = 0; i < COUNT(known); i++) {
        assert_string_equal(post_words.p[i], known[i]);
    }
}

static void sides(void **state)
{
    (void)state;
    static const struct {
        enum side side;
        const char *code, *label;
    } cases[] = {
        {SIDE_MEMBER, "member", "个人"},
        {SIDE_COMPANY, "company", "企业"},
        {SIDE_STAFF, "staff", "协会"},
    };
    assert_int_equal(COUNT(cases), SIDE_COUNT);
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum side side;
        assert_string_equal(side_code(cases[i].side), cases[i].code);
        assert_string_equal(side_label(cases[i].side), cases[i].label);
        assert_true(side_parse(str_from(cases[i].code), &side));
        assert_row(cases[i].code, side, cases[i].side);
    }
    enum side side = SIDE_STAFF;
    assert_false(side_parse(STR("members"), &side));
    assert_false(side_parse(STR(""), &side));
    assert_int_equal(side, SIDE_STAFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels), cmocka_unit_test(unknown), cmocka_unit_test(typed),
        cmocka_unit_test(posts),  cmocka_unit_test(sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
