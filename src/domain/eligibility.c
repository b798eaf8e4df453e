#include "domain/eligibility.h"

#include "domain/codes.h"

const struct eligibility_rules eligibility_defaults = {
    .educations = {11, 14, 21, 31, 41},
    .n_educations = 5,
    .title_level_min = 1,
    .practice_months_min = 12,
    .age_min = 18,
    .age_max = 60,
};

bool eligibility_age(const struct eligibility_rules *rules, struct day born, struct day today,
                     struct problems *ps)
{
    int age = day_years_between(born, today);
    if (age >= rules->age_min && age <= rules->age_max) return true;
    problem_add(ps, "id_number", "入会年龄为 %d 至 %d 周岁（含），按身份证号您现在 %d 周岁，暂不能申请",
                rules->age_min, rules->age_max, age);
    return false;
}

static bool education_enough(const struct eligibility_rules *rules, int education)
{
    for (size_t i = 0; i < rules->n_educations; i++) {
        if (rules->educations[i] == education) return true;
    }
    return false;
}

/* 博士、硕士、… */
static struct str educations_text(const struct eligibility_rules *rules, struct arena *a)
{
    struct str text = STR("");
    for (size_t i = 0; i < rules->n_educations; i++) {
        const char *label = code_label(education_codes, rules->educations[i]);
        text = arena_fmt(a, "%.*s%s%s", STR_ARG(text), i == 0 ? "" : "、", label);
    }
    return text;
}

static bool check_qualification(const struct eligibility_rules *rules, const struct applicant *who,
                                struct problems *ps)
{
    if (education_enough(rules, who->education) || who->title_level >= rules->title_level_min) return true;
    struct str educations = educations_text(rules, ps->arena);
    problem_add(ps, "education", "学历和职称须符合其一：学历为%.*s，或职称为%s及以上", STR_ARG(educations),
                code_label(title_level_codes, rules->title_level_min));
    return false;
}

/* 1 年, 18 个月. */
static struct str span_text(struct arena *a, int months)
{
    return months % 12 == 0 ? arena_fmt(a, " %d 年", months / 12) : arena_fmt(a, " %d 个月", months);
}

static bool check_practice(const struct eligibility_rules *rules, struct day started_on, struct day today,
                           struct problems *ps)
{
    if (!day_is(started_on)) {
        problem_add(ps, "started_on", "请填写从哪年哪月开始做监理");
        return false;
    }
    if (day_cmp(started_on, today) > 0) {
        problem_add(ps, "started_on", "开始做监理的年月不能晚于今天");
        return false;
    }
    struct day first = DAY(started_on.year, started_on.month, 1);
    struct day enough_on = day_add_months(first, rules->practice_months_min);
    if (day_cmp(enough_on, today) <= 0) return true;
    struct str span = span_text(ps->arena, rules->practice_months_min);
    problem_add(ps, "started_on", "从事监理及工程咨询工作须满%.*s，您到 %d 年 %d 月 %d 日才满%.*s",
                STR_ARG(span), enough_on.year, enough_on.month, enough_on.day, STR_ARG(span));
    return false;
}

bool eligibility_practice(const struct eligibility_rules *rules, const struct applicant *who,
                          struct day today, struct problems *ps)
{
    bool qualified = check_qualification(rules, who, ps);
    bool practised = check_practice(rules, who->started_on, today, ps);
    return qualified && practised;
}
