#include "check.h"

#include "domain/typed_day.h"

static void days(void **state)
{
    (void)state;
    static const char *const SAME[] = {
        "2026-01-05",
        "2026-1-5",
        "2026/01/05",
        "2026/1/5",
        "2026.1.5",
        "2026.01.05",
        "2026年1月5日",
        "2026年01月05日",
        "2026年1月5号",
        "20260105",
        "２０２６－１－５",
        "２０２６／０１／０５",
        "２０２６年１月５日",
        "２０２６０１０５",
        "２０２６．１．５",
        " 2026-1-5 ",
        "2026 - 1 - 5",
        "2026 1 5",
        "2026年 1月 5日",
        "2026–1–5",
        "2026—1—5",
        "2026−01−05",
        "2026‐01‐05",
        "2026·1·5",
        "2026。1。5",
        "2026-01-05\n",
        "\u200E2026-01-05",
        "2026\u30001\u00A05",
        "2026年1月5",
        "2026年1-5",
        "二〇二六年一月五日",
        "二○二六年一月五日",
        "二零二六年一月五日",
        "2026-01-05 00:00:00",
        "2026-01-05T00:00:00",
        "2026/1/5 0:00",
    };
    for (size_t i = 0; i < COUNT(SAME); i++) {
        struct day d = DAY_NONE;
        assert_row(SAME[i], typed_day(str_from(SAME[i]), &d), true);
        assert_row(SAME[i], day_cmp(d, DAY(2026, 1, 5)), 0);
    }
}

static void chinese_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        struct day day;
    } cases[] = {
        {"二〇二六年十月十日", {2026, 10, 10}},     {"二〇二六年十二月三十一日", {2026, 12, 31}},
        {"二〇二六年十一月二十日", {2026, 11, 20}}, {"二〇二六年一二月三一日", {2026, 12, 31}},
        {"一九八八年八月八号", {1988, 8, 8}},       {"2024年2月29日", {2024, 2, 29}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct day d = DAY_NONE;
        assert_row(cases[i].typed, typed_day(str_from(cases[i].typed), &d), true);
        assert_row(cases[i].typed, day_cmp(d, cases[i].day), 0);
    }
}

static void no_days(void **state)
{
    (void)state;
    static const char *const REFUSED[] = {
        "",
        " ",
        "2026",
        "2026-1",
        "2026-13-1",
        "2026-2-30",
        "2025-02-29",
        "26-1-5",
        "1/5/2026",
        "05-01-2026",
        "2026-001-05",
        "2026-1-005",
        "20260132",
        "2026105",
        "202601055",
        "2026-1-5-1",
        "2026-1-5-",
        "-2026-1-5",
        "2026-1-5x",
        "2026年1日5月",
        "2026月1年5日",
        "2026,1,5",
        "2026-1-5 10:30",
        "2026-1-5 0",
        "明天",
        "2026-1-五十五",
        "2026年十十月5日",
        "2026年1月十十日",
        "2026年十二三月5日",
        "2026年1月〇〇一十日",
        "20十-1-5",
        "2026-0-5",
        "2026-1-0",
        "0000-1-1",
        "2026-1-百",
        "2026--",
        "1-5",
    };
    for (size_t i = 0; i < COUNT(REFUSED); i++) {
        struct day d = DAY(1, 1, 1);
        assert_row(REFUSED[i], typed_day(str_from(REFUSED[i]), &d), false);
        assert_row(REFUSED[i], day_cmp(d, DAY(1, 1, 1)), 0);
    }
    struct day d;
    assert_false(typed_day((struct str){"2026-1-5\0", 9}, &d));
}

static void months(void **state)
{
    (void)state;
    static const char *const SAME[] = {
        "2019-03",      "2019-3",         "2019/03",        "2019/3",      "2019.3",
        "2019.03",      "2019年3月",      "2019年03月",     "2019年3月份", "201903",
        "２０１９－３", "２０１９０３",   "２０１９年３月", " 2019 3 ",    "2019—3",
        "2019年3",      "二〇一九年三月", "2019-03-15",     "20190315",    "2019年3月1日",
    };
    static const char *const REFUSED[] = {
        "",       "2019",      "20193",  "2019-13", "2019-0", "2019-003", "19-3", "3-2019",
        "3/2019", "2019-3-32", "2019x3", "2019-3-", "201913", "2019年",   "三月",
    };
    struct day d;
    for (size_t i = 0; i < COUNT(SAME); i++) {
        d = DAY_NONE;
        assert_row(SAME[i], typed_month(str_from(SAME[i]), &d), true);
        assert_row(SAME[i], day_cmp(d, DAY(2019, 3, 1)), 0);
    }
    for (size_t i = 0; i < COUNT(REFUSED); i++) {
        d = DAY(1, 1, 1);
        assert_row(REFUSED[i], typed_month(str_from(REFUSED[i]), &d), false);
        assert_row(REFUSED[i], day_cmp(d, DAY(1, 1, 1)), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(days), cmocka_unit_test(chinese_numbers),
                                       cmocka_unit_test(no_days), cmocka_unit_test(months)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
