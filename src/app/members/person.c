#include "app/members/person.h"

#include "app/companies/companies.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "domain/codes.h"
#include "domain/eligibility.h"
#include "domain/mask.h"
#include "domain/person.h"
#include "domain/required.h"
#include "gen/queries.h"

void eligibility_rules_of(struct ctx *c, struct eligibility_rules *ret)
{
    struct eligibility_rules rules = eligibility_defaults;
    rules.age_min = (int)c->app->settings->age_min;
    rules.age_max = (int)c->app->settings->age_max;
    rules.practice_years_min = (int)(c->app->settings->practice_months / 12);
    *ret = rules;
}

static void check_codes(struct problems *ps, const struct person_input *in, struct person *p)
{
    if (!code_parse(education_codes, in->education, &p->education))
        problem_add(ps, "education", "请选择学历");
    if (!code_parse(title_level_codes, in->title_level, &p->title_level))
        problem_add(ps, "title_level", "请选择职称级别，没有职称请选“无”");
    p->post = str_trim(in->post);
    if (p->post.n && !post_known(p->post)) problem_add(ps, "post", "请从列表中选择岗位");
    if (!p->post.p) p->post = STR("");
}

static void check_start(struct ctx *c, const struct person_input *in, struct person *p)
{
    if (!day_parse_month(str_trim(in->started_on), &p->started_on))
        problem_add(&c->problems, "started_on", "请填写从哪年哪月开始做监理，例如 2019-07");
    else if (day_cmp(p->started_on, c->today) > 0)
        problem_add(&c->problems, "started_on", "开始做监理的年月不能晚于今天");
    else if (p->started_on.year < 1950)
        problem_add(&c->problems, "started_on", "请核对开始做监理的年份");
}

static enum status check_company(struct ctx *c, const struct person_input *in, struct person *p)
{
    int64_t id;
    struct company_full company;
    if (!str_int(str_trim(in->company), &id) || id <= 0) {
        problem_add(&c->problems, "company", "请输入单位名称中的几个字，再从列出的单位中选择");
        return ST_OK;
    }
    enum status s = q_company_by_id(c->db, c->arena, (struct company_id){id}, &company);
    if (s == ST_NOT_FOUND || (s == ST_OK && !company_may_be_chosen(&company))) {
        problem_add(&c->problems, "company", "没有找到这个单位，请重新选择");
        return ST_OK;
    }
    if (s) return s;
    p->company = company.id;
    p->company_name = company.name;
    return ST_OK;
}

/* Eligibility hangs on three fields: it is judged as soon as these are right, whatever else is wrong. */
static void judge(struct ctx *c, struct day born, const struct person *p)
{
    static const char *const FIELDS[] = {"education", "title_level", "started_on"};
    struct eligibility_rules rules;
    struct applicant who = {born, p->education, p->title_level, p->started_on};
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        if (problem_of(&c->problems, str_from(FIELDS[i])).n) return;
    eligibility_rules_of(c, &rules);
    eligibility_practice(&rules, &who, c->today, &c->problems);
}

/* As normalised: blanks alone fill in nothing. */
static void check_required(struct ctx *c, const struct person *p)
{
    const struct {
        enum required field;
        struct str value;
    } ASKED[] = {
        {REQUIRED_SCHOOL, p->school},
        {REQUIRED_MAJOR, p->major},
        {REQUIRED_TITLE_SPECIALTY, p->title_specialty},
        {REQUIRED_POST, p->post},
        {REQUIRED_ADDRESS, p->address},
        {REQUIRED_MOBILE, p->mobile},
        {REQUIRED_QQ, p->qq},
        {REQUIRED_EMAIL, p->email},
    };
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++)
        required_check(&c->problems, c->app->settings->required, ASKED[i].field, ASKED[i].value.n > 0);
}

enum status person_check(struct ctx *c, const struct person_input *in, const struct day *born,
                         struct person *ret)
{
    struct problems *ps = &c->problems;
    struct person p = {0};
    person_name(ps, in->name, &p.name);
    check_codes(ps, in, &p);
    person_text(ps, "school", in->school, &p.school);
    person_text(ps, "major", in->major, &p.major);
    person_text(ps, "title_specialty", in->title_specialty, &p.title_specialty);
    check_start(c, in, &p);
    TRY(check_company(c, in, &p));
    person_text(ps, "address", in->address, &p.address);
    person_mobile(ps, in->mobile, &p.mobile);
    person_qq(ps, in->qq, &p.qq);
    person_email(ps, in->email, &p.email);
    check_required(c, &p);
    if (born) judge(c, *born, &p);
    TRY(problems_status(c));
    *ret = p;
    return ST_OK;
}

static void compare(struct ctx *c, struct changes *ret, struct str field, struct str before, struct str after)
{
    if (!str_eq(before, after)) *ARENA_PUSH(c->arena, ret) = (struct change){field, before, after};
}

static struct str month(struct ctx *c, struct day d)
{
    return str_sub(day_str(c->arena, d), 0, 7);
}

void person_changes(struct ctx *c, const struct member_full *before, struct str mobile_before,
                    const struct person *after, struct changes *ret)
{
    struct arena *a = c->arena;
    compare(c, ret, STR("姓名"), before->name, after->name);
    compare(c, ret, STR("学历"), str_from(code_label(education_codes, (int)before->education)),
            str_from(code_label(education_codes, after->education)));
    compare(c, ret, STR("毕业院校"), before->school, after->school);
    compare(c, ret, STR("所学专业"), before->major, after->major);
    compare(c, ret, STR("职称"), str_from(code_label(title_level_codes, (int)before->title_level)),
            str_from(code_label(title_level_codes, after->title_level)));
    compare(c, ret, STR("职称专业"), before->title_specialty, after->title_specialty);
    compare(c, ret, STR("岗位"), before->post, after->post);
    compare(c, ret, STR("开始做监理"), month(c, before->started_on), month(c, after->started_on));
    compare(c, ret, STR("通讯地址"), before->address, after->address);
    compare(c, ret, STR("QQ"), mask_qq(a, before->qq), mask_qq(a, after->qq));
    compare(c, ret, STR("手机"), mask_mobile(a, mobile_before), mask_mobile(a, after->mobile));
    compare(c, ret, STR("邮箱"), mask_email(a, before->email), mask_email(a, after->email));
}

struct bytes person_mobile_index(struct ctx *c, struct str mobile)
{
    return mobile.n ? vault_index(c, INDEX_MOBILE, mobile) : (struct bytes){0};
}
