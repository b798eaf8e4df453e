#include "check.h"

#include "domain/password_life.h"

#define GIVEN DAY(2026, 11, 23)

static void life(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum password_origin origin;
        struct day today;
        int64_t onetime_days, age_days;
        enum password_life life;
    } CASES[] = {
        {"given out today", PASSWORD_GIVEN_OUT, {2026, 11, 23}, 7, 90, LIFE_GOOD},
        {"the seventh day after", PASSWORD_GIVEN_OUT, {2026, 11, 30}, 7, 90, LIFE_GOOD},
        {"the eighth", PASSWORD_GIVEN_OUT, {2026, 12, 1}, 7, 90, LIFE_EXPIRED},
        {"the eighth, where ten are granted", PASSWORD_GIVEN_OUT, {2026, 12, 1}, 10, 90, LIFE_GOOD},
        {"the second, of one", PASSWORD_GIVEN_OUT, {2026, 11, 25}, 1, 90, LIFE_EXPIRED},
        {"used", PASSWORD_GIVEN_USED, {2026, 11, 23}, 7, 90, LIFE_SPENT},
        {"used, and in time", PASSWORD_GIVEN_USED, {2026, 11, 24}, 7, 0, LIFE_SPENT},
        {"age is not for what is given out", PASSWORD_GIVEN_OUT, {2026, 11, 28}, 7, 1, LIFE_GOOD},
        {"chosen today", PASSWORD_CHOSEN, {2026, 11, 23}, 7, 90, LIFE_GOOD},
        {"the clock went back", PASSWORD_CHOSEN, {2026, 11, 20}, 7, 90, LIFE_GOOD},
        {"ninety days after", PASSWORD_CHOSEN, {2027, 2, 21}, 7, 90, LIFE_GOOD},
        {"ninety-one", PASSWORD_CHOSEN, {2027, 2, 22}, 7, 90, LIFE_OLD},
        {"ninety-one, of a hundred", PASSWORD_CHOSEN, {2027, 2, 22}, 7, 100, LIFE_GOOD},
        {"years, where age is off", PASSWORD_CHOSEN, {2036, 1, 1}, 7, 0, LIFE_GOOD},
        {"one-time days are not for what is chosen", PASSWORD_CHOSEN, {2026, 12, 24}, 7, 0, LIFE_GOOD},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_row(CASES[i].name,
                   password_life(CASES[i].origin, GIVEN, CASES[i].today,
                                 (struct password_terms){CASES[i].onetime_days, CASES[i].age_days}),
                   CASES[i].life);
}

static void earlier(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum password_origin present;
        int64_t remembered, earlier;
    } CASES[] = {
        {"five, the present one among them", PASSWORD_CHOSEN, 5, 4},
        {"five before one that was given out", PASSWORD_GIVEN_USED, 5, 5},
        {"the same, unused", PASSWORD_GIVEN_OUT, 5, 5},
        {"the present one alone", PASSWORD_CHOSEN, 1, 0},
        {"none", PASSWORD_CHOSEN, 0, 0},
        {"none, given out", PASSWORD_GIVEN_USED, 0, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_row(CASES[i].name, password_earlier(CASES[i].present, CASES[i].remembered), CASES[i].earlier);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(life), cmocka_unit_test(earlier)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
