#include "check.h"

#include "domain/money.h"

static void texts(void **state)
{
    static const struct {
        int64_t fen;
        const char *text;
    } cases[] = {
        {0, "0.00"},
        {5, "0.05"},
        {99, "0.99"},
        {100, "1.00"},
        {100000, "1,000.00"},
        {99999, "999.99"},
        {123456789, "1,234,567.89"},
        {-20000, "-200.00"},
        {-1, "-0.01"},
        {INT64_MAX, "92,233,720,368,547,758.07"},
        {INT64_MIN, "-92,233,720,368,547,758.08"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_row_text(money_text(*state, cases[i].fen), cases[i].text);
}

static void capitals(void **state)
{
    static const struct {
        int64_t fen;
        const char *text;
    } cases[] = {
        {0, "零元整"},
        {100, "壹元整"},
        {1000, "壹拾元整"},
        {1100, "壹拾壹元整"},
        {20000, "贰佰元整"},
        {100000, "壹仟元整"},
        {101000, "壹仟零壹拾元整"},
        {100100, "壹仟零壹元整"},
        {110100, "壹仟壹佰零壹元整"},
        {1000000, "壹万元整"},
        {1000100, "壹万零壹元整"},
        {1010000, "壹万零壹佰元整"},
        {1100000, "壹万壹仟元整"},
        {10000000, "壹拾万元整"},
        {10000100, "壹拾万零壹元整"},
        {100000000, "壹佰万元整"},
        {100010000, "壹佰万零壹佰元整"},
        {10000000000, "壹亿元整"},
        {10000000100, "壹亿零壹元整"},
        {10000100000, "壹亿零壹仟元整"},
        {10001000000, "壹亿零壹万元整"},
        {10010001000, "壹亿零壹拾万零壹拾元整"},
        {11000000000, "壹亿壹仟万元整"},
        {100000000000000, "壹万亿元整"},
        {100000000000100, "壹万亿零壹元整"},
        {100010000000000, "壹万零壹亿元整"},
        {123456789012345, "壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分"},
        /* examples of the rule */
        {140950, "壹仟肆佰零玖元伍角整"},
        {600714, "陆仟零柒元壹角肆分"},
        {168032, "壹仟陆佰捌拾元叁角贰分"},
        {10700053, "壹拾万柒仟元伍角叁分"},
        {1640902, "壹万陆仟肆佰零玖元零贰分"},
        {32504, "叁佰贰拾伍元零肆分"},
        /* below a yuan */
        {50, "伍角整"},
        {5, "伍分"},
        {55, "伍角伍分"},
        {-30, "负叁角整"},
        {-20000, "负贰佰元整"},
        {999999999999999999, "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_row_text(money_capitals(*state, cases[i].fen), cases[i].text);
}

static void typed(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        bool good;
        int64_t fen;
    } cases[] = {
        {"200", true, 20000},
        {"200.5", true, 20050},
        {"200.05", true, 20005},
        {" 1,000.00 ", true, 100000},
        {"￥1,234,567.89", true, 123456789},
        {"¥0.01", true, 1},
        {"１０００．５０", true, 100050},
        {"1，000。50", true, 100050},
        {" ￥ 200 元 ", true, 20000},
        {"0", true, 0},
        {"999999999999.99", true, 99999999999999},
        {"1000000000000", false, 0},
        {"99999999999999999999999999", false, 0},
        {"", false, 0},
        {".", false, 0},
        {".5", false, 0},
        {"5.", false, 0},
        {"5.x", false, 0},
        {"1.234", false, 0},
        {"-5", false, 0},
        {"1,00", false, 0},
        {"1000,000", false, 0},
        {",100", false, 0},
        {"1,", false, 0},
        {"1,,000", false, 0},
        {"1e3", false, 0},
        {"壹仟", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t fen = -1;
        assert_row(cases[i].typed, money_parse(str_from(cases[i].typed), &fen), cases[i].good);
        assert_row(cases[i].typed, fen, cases[i].good ? cases[i].fen : -1);
    }
}

static void fees(void **state)
{
    (void)state;
    assert_int_equal(money_fee(20000, 1, 5), 100000);
    assert_int_equal(money_fee(20000, 12, 5), 1200000);
    assert_int_equal(money_fee(20000, 0, 5), 0);
    assert_true(money_fee(20000, 1000000, 5) == INT64_C(100000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(texts),
        WITH_ARENA(capitals),
        cmocka_unit_test(typed),
        cmocka_unit_test(fees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
