#include "check.h"

#include "domain/eligibility.h"

/* A person against whom nothing can be said on TODAY. */
static const struct applicant GOOD = {{1988, 8, 8}, 21, 3, {2020, 7, 1}};

static bool eligible(const struct eligibility_rules *rules, const struct applicant *who, struct problems *ps)
{
    bool of_age = eligibility_age(rules, who->born, TODAY, ps);
    return eligibility_practice(rules, who, TODAY, ps) && of_age;
}

static void ages(void **state)
{
    static const struct {
        const char *name;
        struct day born;
        bool good;
    } cases[] = {
        {"60 today", {1966, 11, 23}, true},       {"60 tomorrow", {1966, 11, 24}, true},
        {"61 tomorrow", {1965, 11, 24}, true},    {"61 today", {1965, 11, 23}, false},
        {"18 today", {2008, 11, 23}, true},       {"18 tomorrow", {2008, 11, 24}, false},
        {"18 since January", {2008, 1, 1}, true}, {"16 today", {2010, 11, 23}, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct problems ps = {.arena = *state};
        assert_row(cases[i].name, eligibility_age(&eligibility_defaults, cases[i].born, TODAY, &ps),
                   cases[i].good);
        assert_row(cases[i].name, ps.n, cases[i].good ? 0 : 1);
        if (!cases[i].good) assert_text(ps.p[0].field, "id_number");
    }
}

static void qualifications(void **state)
{
    static const struct {
        const char *name;
        int education, title_level;
        bool good;
    } cases[] = {
        {"doctor", 11, 0, true},
        {"master", 14, 0, true},
        {"bachelor", 21, 0, true},
        {"college", 31, 0, true},
        {"secondary", 41, 0, true},
        {"vocational", 44, 0, false},
        {"technical", 47, 0, false},
        {"high school", 61, 0, false},
        {"other", 90, 0, false},
        {"none", 0, 0, false},
        {"other, technician", 90, 1, true},
        {"high school, engineer", 61, 3, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct problems ps = {.arena = *state};
        struct applicant who = GOOD;
        who.education = cases[i].education;
        who.title_level = cases[i].title_level;
        assert_row(cases[i].name, eligibility_practice(&eligibility_defaults, &who, TODAY, &ps),
                   cases[i].good);
        assert_row(cases[i].name, ps.n, cases[i].good ? 0 : 1);
        if (!cases[i].good) assert_text(ps.p[0].field, "education");
    }
}

static void practice(void **state)
{
    static const struct {
        const char *name;
        struct day started_on, today;
        bool good;
    } cases[] = {
        {"a year on the first", {2025, 11, 1}, {2026, 11, 1}, true},
        {"a day less", {2025, 11, 1}, {2026, 10, 31}, false},
        {"the month after", {2025, 12, 1}, {2026, 11, 23}, false},
        {"this month", {2026, 11, 1}, {2026, 11, 23}, false},
        {"not told", {0}, {2026, 11, 23}, false},
        {"not begun", {2026, 12, 1}, {2026, 11, 23}, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct problems ps = {.arena = *state};
        struct applicant who = GOOD;
        who.started_on = cases[i].started_on;
        assert_row(cases[i].name, eligibility_practice(&eligibility_defaults, &who, cases[i].today, &ps),
                   cases[i].good);
        assert_row(cases[i].name, ps.n, cases[i].good ? 0 : 1);
        if (!cases[i].good) assert_text(ps.p[0].field, "started_on");
    }
}

/* eligibility.practice_months: the first of the starting month plus the months. */
static void months_of_practice(void **state)
{
    static const struct {
        const char *name;
        int months;
        struct day started_on, today;
        bool good;
    } cases[] = {
        {"18 months on the day", 18, {2025, 5, 1}, {2026, 11, 1}, true},
        {"18 months, a day less", 18, {2025, 5, 1}, {2026, 10, 31}, false},
        {"18 months are not a year", 18, {2025, 11, 1}, {2026, 11, 1}, false},
        {"17 months", 17, {2025, 5, 1}, {2026, 10, 1}, true},
        {"17 months, a day less", 17, {2025, 5, 1}, {2026, 9, 30}, false},
        {"a month", 1, {2026, 2, 1}, {2026, 3, 1}, true},
        {"a month, on the last of February", 1, {2026, 2, 1}, {2026, 2, 28}, false},
        {"a month over the year's end", 1, {2026, 12, 1}, {2027, 1, 1}, true},
        {"11 months over a leap day", 11, {2027, 4, 1}, {2028, 2, 29}, false},
        {"11 months, the day after", 11, {2027, 4, 1}, {2028, 3, 1}, true},
        {"a day inside the month counts as its first", 1, {2026, 1, 31}, {2026, 2, 1}, true},
        {"none", 0, {2026, 11, 1}, {2026, 11, 1}, true},
        {"none, and not begun", 0, {2026, 12, 1}, {2026, 11, 30}, false},
        {"two years", 24, {2024, 11, 1}, {2026, 11, 1}, true},
        {"two years, a day less", 24, {2024, 11, 1}, {2026, 10, 31}, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct problems ps = {.arena = *state};
        struct eligibility_rules rules = eligibility_defaults;
        struct applicant who = GOOD;
        rules.practice_months_min = cases[i].months;
        who.started_on = cases[i].started_on;
        assert_row(cases[i].name, eligibility_practice(&rules, &who, cases[i].today, &ps), cases[i].good);
    }
}

static void sentences(void **state)
{
    struct problems ps = {.arena = *state};
    struct applicant who = {{1965, 11, 23}, 90, 0, {2026, 3, 1}};
    assert_false(eligible(&eligibility_defaults, &who, &ps));
    assert_int_equal(ps.n, 3);
    assert_text(problem_of(&ps, STR("id_number")),
                "入会年龄为 18 至 60 周岁（含），按身份证号您现在 61 周岁，暂不能申请");
    assert_text(problem_of(&ps, STR("education")),
                "学历和职称须符合其一：学历为博士、硕士、本科、大专、中专，或职称为技术员（员级）及以上");
    assert_text(problem_of(&ps, STR("started_on")),
                "从事监理及工程咨询工作须满 1 年，您到 2027 年 3 月 1 日才满 1 年");

    struct problems odd = {.arena = *state};
    struct eligibility_rules rules = eligibility_defaults;
    rules.practice_months_min = 18;
    assert_false(eligibility_practice(&rules, &who, TODAY, &odd));
    assert_text(problem_of(&odd, STR("started_on")),
                "从事监理及工程咨询工作须满 18 个月，您到 2027 年 9 月 1 日才满 18 个月");

    struct problems future = {.arena = *state};
    who.started_on = DAY(2026, 12, 1);
    assert_false(eligibility_practice(&eligibility_defaults, &who, TODAY, &future));
    assert_text(problem_of(&future, STR("started_on")), "开始做监理的年月不能晚于今天");
}

static void settings(void **state)
{
    struct problems ps = {.arena = *state};
    const struct eligibility_rules strict = {.educations = {21},
                                             .n_educations = 1,
                                             .title_level_min = 3,
                                             .practice_months_min = 36,
                                             .age_min = 22,
                                             .age_max = 50};
    const struct applicant who = {{2005, 1, 1}, 31, 2, {2024, 6, 1}};
    assert_true(eligible(&eligibility_defaults, &who, &ps));
    assert_int_equal(ps.n, 0);
    assert_false(eligible(&strict, &who, &ps));
    assert_int_equal(ps.n, 3);
    assert_text(problem_of(&ps, STR("education")),
                "学历和职称须符合其一：学历为本科，或职称为工程师（中级）及以上");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(ages),      WITH_ARENA(qualifications),
        WITH_ARENA(practice),  WITH_ARENA(months_of_practice),
        WITH_ARENA(sentences), WITH_ARENA(settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
