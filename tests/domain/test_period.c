#include "check.h"

#include "domain/period.h"

static void ends(void **state)
{
    (void)state;
    static const struct {
        struct day first;
        int years;
        struct day last;
    } cases[] = {
        {{2026, 11, 23}, 5, {2031, 11, 22}}, {{2026, 1, 1}, 5, {2030, 12, 31}},
        {{2026, 1, 1}, 1, {2026, 12, 31}},   {{2028, 2, 29}, 5, {2033, 2, 28}},
        {{2028, 2, 29}, 4, {2032, 2, 28}},   {{2027, 2, 28}, 1, {2028, 2, 27}},
        {{2027, 3, 1}, 5, {2032, 2, 29}},    {{2028, 3, 1}, 5, {2033, 2, 28}},
        {{2026, 12, 31}, 5, {2031, 12, 30}},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_same_day(period_last(cases[i].first, cases[i].years), cases[i].last);
}

static void opening(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool continues;
        struct day approved_on, old_last;
        struct period expected;
    } cases[] = {
        {"first", false, {2026, 11, 23}, {0}, {{2026, 11, 23}, {2031, 11, 22}}},
        {"first on a leap day", false, {2028, 2, 29}, {0}, {{2028, 2, 29}, {2033, 2, 28}}},
        {"early", false, {2026, 9, 1}, {2026, 11, 22}, {{2026, 11, 23}, {2031, 11, 22}}},
        {"on time", false, {2026, 11, 22}, {2026, 11, 22}, {{2026, 11, 23}, {2031, 11, 22}}},
        {"a day late", false, {2026, 11, 23}, {2026, 11, 22}, {{2026, 11, 23}, {2031, 11, 22}}},
        {"two days late", false, {2026, 11, 24}, {2026, 11, 22}, {{2026, 11, 24}, {2031, 11, 23}}},
        {"very late", false, {2036, 11, 24}, {2026, 11, 22}, {{2036, 11, 24}, {2041, 11, 23}}},
        {"early, continues", true, {2026, 9, 1}, {2026, 11, 22}, {{2026, 11, 23}, {2031, 11, 22}}},
        {"late, continues", true, {2027, 3, 1}, {2026, 11, 22}, {{2026, 11, 23}, {2031, 11, 22}}},
        {"late to the last day", true, {2031, 11, 22}, {2026, 11, 22}, {{2026, 11, 23}, {2031, 11, 22}}},
        {"too late to continue", true, {2031, 11, 23}, {2026, 11, 22}, {{2031, 11, 23}, {2036, 11, 22}}},
        {"first, continues", true, {2026, 11, 23}, {0}, {{2026, 11, 23}, {2031, 11, 22}}},
        {"after a leap day", false, {2033, 1, 5}, {2033, 2, 28}, {{2033, 3, 1}, {2038, 2, 28}}},
        {"into a leap day", false, {2028, 1, 5}, {2028, 2, 28}, {{2028, 2, 29}, {2033, 2, 28}}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct period_rules rules = period_defaults;
        rules.lapsed_continues = cases[i].continues;
        struct period p = period_open(&rules, cases[i].approved_on, cases[i].old_last);
        assert_row(cases[i].name, day_number(p.first), day_number(cases[i].expected.first));
        assert_row(cases[i].name, day_number(p.last), day_number(cases[i].expected.last));
    }
}

static void other_lengths(void **state)
{
    (void)state;
    struct period_rules yearly = {.years = 1};
    struct period p = period_open(&yearly, DAY(2026, 11, 23), DAY_NONE);
    assert_same_day(p.last, DAY(2027, 11, 22));
}

/* Cells cover the period from end to end, without gap. */
static void assert_years(struct period p, int years)
{
    assert_int_equal(period_years(p), years);
    struct day next = p.first;
    for (int i = 0; i < years; i++) {
        struct period year = period_year(p, i);
        assert_same_day(year.first, next);
        assert_true(day_cmp(year.first, year.last) <= 0);
        next = day_add(year.last, 1);
    }
    assert_same_day(next, day_add(p.last, 1));
}

static void yearly_cells(void **state)
{
    (void)state;
    struct period plain = {{2026, 11, 23}, {2031, 11, 22}};
    assert_years(plain, 5);
    assert_same_day(period_year(plain, 0).last, DAY(2027, 11, 22));
    assert_same_day(period_year(plain, 4).first, DAY(2030, 11, 23));

    struct period leap = {{2028, 2, 29}, {2033, 2, 28}};
    assert_years(leap, 5);
    assert_same_day(period_year(leap, 1).first, DAY(2029, 3, 1));
    assert_same_day(period_year(leap, 4).first, DAY(2032, 2, 29));

    assert_years((struct period){{2026, 11, 23}, {2027, 11, 23}}, 2); /* a day over */
    assert_years((struct period){{2026, 11, 23}, {2027, 11, 22}}, 1);
    assert_years((struct period){{2026, 11, 23}, {2026, 12, 31}}, 1);
}

static void days_left(void **state)
{
    (void)state;
    assert_int_equal(period_days_left(DAY(2026, 11, 23), TODAY), 0);
    assert_int_equal(period_days_left(DAY(2026, 11, 24), TODAY), 1);
    assert_int_equal(period_days_left(DAY(2026, 11, 22), TODAY), -1);
    assert_int_equal(period_days_left(DAY(2027, 11, 23), TODAY), 365);
}

static void approval_dates(void **state)
{
    (void)state;
    static const struct {
        struct day approved_on, recommended_on;
        enum approval_error error;
    } cases[] = {
        {{2026, 11, 23}, {2026, 11, 23}, APPROVAL_OK},
        {{2026, 11, 10}, {2026, 11, 1}, APPROVAL_OK},
        {{2026, 11, 24}, {2026, 11, 1}, APPROVAL_FUTURE},
        {{2026, 10, 31}, {2026, 11, 1}, APPROVAL_BEFORE_RECOMMENDATION},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(approval_date_check(cases[i].approved_on, cases[i].recommended_on, TODAY),
                         cases[i].error);
    assert_string_equal(approval_error_text(APPROVAL_OK), "");
    assert_string_equal(approval_error_text(APPROVAL_FUTURE), "批准日期不能晚于今天");
    assert_string_equal(approval_error_text(APPROVAL_BEFORE_RECOMMENDATION),
                        "批准日期不能早于企业推荐的日期");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends),         cmocka_unit_test(opening),   cmocka_unit_test(other_lengths),
        cmocka_unit_test(yearly_cells), cmocka_unit_test(days_left), cmocka_unit_test(approval_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
