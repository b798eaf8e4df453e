#include "check.h"

#include "base/day.h"

#define assert_day(got, y, m, d)                                                                             \
    do {                                                                                                     \
        struct day day_ = (got);                                                                             \
        assert_int_equal(day_.year, (y));                                                                    \
        assert_int_equal(day_.month, (m));                                                                   \
        assert_int_equal(day_.day, (d));                                                                     \
    } while (0)

static void real_dates(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        bool real;
    } cases[] = {
        {2026, 11, 23, true}, {2026, 11, 31, false}, {2024, 2, 29, true},  {2026, 2, 29, false},
        {2000, 2, 29, true},  {1900, 2, 29, false},  {2026, 0, 1, false},  {2026, 13, 1, false},
        {2026, 1, 0, false},  {2026, 1, 32, false},  {1, 1, 1, true},      {0, 1, 1, false},
        {9999, 12, 31, true}, {10000, 1, 1, false},  {2026, -1, 1, false}, {2026, 1, -1, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(day_valid(cases[i].year, cases[i].month, cases[i].day), cases[i].real);
}

static void none(void **state)
{
    (void)state;
    assert_false(day_is(DAY_NONE));
    assert_true(day_is(DAY(1, 1, 1)));
    char text[DAY_TEXT_SIZE] = "x";
    day_text(DAY_NONE, text);
    assert_string_equal(text, "");
}

static void order(void **state)
{
    (void)state;
    static const struct day sorted[] = {
        {0},          {1, 1, 1},    {1999, 12, 31}, {2000, 1, 1},
        {2000, 1, 2}, {2000, 2, 1}, {2001, 1, 1},   {9999, 12, 31},
    };
    for (size_t i = 0; i < COUNT(sorted); i++)
        for (size_t j = 0; j < COUNT(sorted); j++) {
            int cmp = day_cmp(sorted[i], sorted[j]);
            assert_int_equal((cmp > 0) - (cmp < 0), (i > j) - (i < j));
        }
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        struct day day;
        int32_t number;
    } cases[] = {
        {{1970, 1, 1}, 0},     {{1969, 12, 31}, -1},    {{1970, 12, 31}, 364}, {{2000, 2, 29}, 11016},
        {{2000, 3, 1}, 11017}, {{2026, 11, 23}, 20780}, {{1, 1, 1}, -719162},  {{9999, 12, 31}, 2932896},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(day_number(cases[i].day), cases[i].number);
        assert_int_equal(day_cmp(day_from_number(cases[i].number), cases[i].day), 0);
    }
}

/* Every day of four centuries follows the one before. */
static void every_day_has_its_number(void **state)
{
    (void)state;
    int32_t number = day_number(DAY(1800, 1, 1));
    for (int year = 1800; year < 2200; year++)
        for (int month = 1; month <= 12; month++)
            for (int d = 1; day_valid(year, month, d); d++, number++) {
                assert_int_equal(day_number(DAY((int16_t)year, (int8_t)month, (int8_t)d)), number);
                assert_day(day_from_number(number), year, month, d);
            }
}

static void adding(void **state)
{
    (void)state;
    assert_day(day_add(DAY(2026, 12, 31), 1), 2027, 1, 1);
    assert_day(day_add(DAY(2024, 3, 1), -1), 2024, 2, 29);
    assert_day(day_add(DAY(2026, 3, 1), -1), 2026, 2, 28);
    assert_day(day_add_months(DAY(2026, 1, 31), 1), 2026, 2, 28);
    assert_day(day_add_months(DAY(2023, 11, 30), 3), 2024, 2, 29);
    assert_day(day_add_months(DAY(2026, 11, 23), 0), 2026, 11, 23);
    assert_day(day_add_months(DAY(2026, 11, 23), 14), 2028, 1, 23);
    assert_day(day_add_months(DAY(2026, 1, 31), -2), 2025, 11, 30);
    assert_day(day_add_years(DAY(2026, 11, 23), 5), 2031, 11, 23);
    assert_day(day_add_years(DAY(2024, 2, 29), 5), 2029, 2, 28);
    assert_day(day_add_years(DAY(2024, 2, 29), 4), 2028, 2, 29);
    assert_day(day_add_years(DAY(2024, 2, 29), -1), 2023, 2, 28);
}

static void ages(void **state)
{
    (void)state;
    static const struct {
        struct day from, to;
        int years;
    } cases[] = {
        {{1986, 11, 23}, {2026, 11, 22}, 39}, {{1986, 11, 23}, {2026, 11, 23}, 40},
        {{1986, 11, 23}, {2026, 12, 1}, 40},  {{1986, 11, 23}, {2026, 10, 30}, 39},
        {{2004, 2, 29}, {2022, 2, 28}, 17},   {{2004, 2, 29}, {2022, 3, 1}, 18},
        {{2026, 1, 1}, {2026, 1, 1}, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(day_years_between(cases[i].from, cases[i].to), cases[i].years);
}

static void parsing(void **state)
{
    (void)state;
    struct day d;
    assert_true(day_parse(STR("2026-11-23"), &d));
    assert_day(d, 2026, 11, 23);
    assert_true(day_parse(STR("0001-01-01"), &d));
    assert_day(d, 1, 1, 1);
    static const struct str bad[] = {
        STR_INIT("2026-11-31"),
        STR_INIT("2026-02-29"),
        STR_INIT("2026-1-23"),
        STR_INIT("2026-11-2"),
        STR_INIT("2026/11/23"),
        STR_INIT("20261123"),
        STR_INIT(" 2026-11-23"),
        STR_INIT("2026-11-23 "),
        STR_INIT("2026-11-2x"),
        STR_INIT("-026-11-23"),
        STR_INIT("2026-11-23\0"),
        STR_INIT("0000-01-01"),
        STR_INIT("2026-+1-23"),
        STR_INIT(""),
        {NULL, 0},
    };
    d = DAY(1, 2, 3);
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(day_parse(bad[i], &d));
    assert_day(d, 1, 2, 3); /* untouched */
}

static void parsing_a_month(void **state)
{
    (void)state;
    struct day d;
    assert_true(day_parse_month(STR("2020-07"), &d));
    assert_day(d, 2020, 7, 1);
    static const struct str bad[] = {
        STR_INIT("2020-13"), STR_INIT("2020-00"),    STR_INIT("2020-7"), STR_INIT("2020/07"),
        STR_INIT("202007"),  STR_INIT("2020-07-01"), STR_INIT(""),       {NULL, 0},
    };
    d = DAY(1, 2, 3);
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(day_parse_month(bad[i], &d));
    assert_day(d, 1, 2, 3);
}

static void writing(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_text(day_str(a, DAY(2026, 11, 3)), "2026-11-03");
    assert_text(day_str(a, DAY(1, 2, 3)), "0001-02-03");
    assert_text(day_str(a, DAY_NONE), "");
    arena_free(a);
}

static void instants_in_china(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        struct day day;
        struct str text;
    } cases[] = {
        {0, {1970, 1, 1}, STR_INIT("1970-01-01 08:00:00")},
        {57599999, {1970, 1, 1}, STR_INIT("1970-01-01 23:59:59")},
        {57600000, {1970, 1, 2}, STR_INIT("1970-01-02 00:00:00")},
        {INT64_C(1795449909123), {2026, 11, 24}, STR_INIT("2026-11-24 00:05:09")},
        {-28800000, {1970, 1, 1}, STR_INIT("1970-01-01 00:00:00")},
        {-28800001, {1969, 12, 31}, STR_INIT("1969-12-31 23:59:59")},
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_day(day_at(cases[i].ms), cases[i].day.year, cases[i].day.month, cases[i].day.day);
        assert_same(instant_str(a, cases[i].ms), cases[i].text);
    }
    arena_free(a);
}

static void a_day_begins_at_its_first_millisecond(void **state)
{
    (void)state;
    static const struct day days[] = {{1970, 1, 1}, {2026, 11, 23}, {1950, 6, 1}, {9999, 12, 31}};
    for (size_t i = 0; i < COUNT(days); i++) {
        int64_t first_ms = instant_of(days[i]);
        assert_int_equal(day_cmp(day_at(first_ms), days[i]), 0);
        assert_int_equal(day_cmp(day_at(first_ms - 1), day_add(days[i], -1)), 0);
    }
}

static void the_clocks_run(void **state)
{
    (void)state;
    assert_true(clock_now_ms() > instant_of(DAY(2024, 1, 1)));
    int64_t before_ms = clock_monotonic_ms();
    assert_true(clock_monotonic_ms() >= before_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_dates),
        cmocka_unit_test(none),
        cmocka_unit_test(order),
        cmocka_unit_test(numbers),
        cmocka_unit_test(every_day_has_its_number),
        cmocka_unit_test(adding),
        cmocka_unit_test(ages),
        cmocka_unit_test(parsing),
        cmocka_unit_test(parsing_a_month),
        cmocka_unit_test(writing),
        cmocka_unit_test(instants_in_china),
        cmocka_unit_test(a_day_begins_at_its_first_millisecond),
        cmocka_unit_test(the_clocks_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
