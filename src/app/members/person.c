#include "app/members/person.h"

#include "app/companies/companies.h"
#include "app/companies/near.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/codes.h"
#include "domain/eligibility.h"
#include "domain/person.h"
#include "domain/required.h"
#include "gen/queries.h"

void eligibility_rules_of(struct ctx *c, struct eligibility_rules *ret)
{
    struct eligibility_rules rules = eligibility_defaults;
    rules.age_min = (int)c->settings->age_min;
    rules.age_max = (int)c->settings->age_max;
    rules.practice_months_min = (int)c->settings->practice_months;
    *ret = rules;
}

static void check_direct_reason(struct ctx *c, struct str typed, struct str *ret)
{
    struct str reason = text_clean(c->arena, typed);
    if (!reason.n)
        problem_add(&c->problems, "direct_reason", "没有工作单位的，请写明原因，如退休、待业");
    else if (!text_is_line(reason) || utf8_count(reason) > DIRECT_REASON_MAX)
        problem_add(&c->problems, "direct_reason", "写成一行，最多 %d 个字", DIRECT_REASON_MAX);
    *ret = reason;
}

/* What the employer is called that is not in the list; one that is called so is. */
static enum status check_proposed(struct ctx *c, struct str typed, struct person *p)
{
    struct company_called called;
    struct str name = text_clean(c->arena, typed);
    if (!company_name_good(name)) {
        problem_add(&c->problems, "company_new", "请填写单位全称，%d–%d 个字", COMPANY_NAME_MIN,
                    COMPANY_NAME_MAX);
        return ST_OK;
    }
    TRY(company_called(c, name, &called));
    if (called.same.id.v)
        problem_add(&c->problems, "company_new", "%s",
                    company_may_be_chosen(&called.same) ? "这个单位已在列表中，请直接选择"
                                                        : "这个单位在协会登记过，现已停用，请与协会联系");
    p->text.company_new = p->company_name = name;
    return ST_OK;
}

static enum status check_company(struct ctx *c, const struct person_input *in, struct person *p)
{
    int64_t id;
    struct company_full company;
    if (!str_trim(in->company).n && str_trim(in->company_new).n) return check_proposed(c, in->company_new, p);
    if (!str_int(str_trim(in->company), &id) || id <= 0) {
        problem_add(&c->problems, "company", "%s", person_field("company")->missing);
        return ST_OK;
    }
    enum status s = q_company_by_id_unscoped(c->db, c->arena, (struct company_id){id}, &company);
    if (s == ST_NOT_FOUND || (s == ST_OK && !company_may_be_chosen(&company))) {
        problem_add(&c->problems, "company", "没有找到这个单位，请重新选择");
        return ST_OK;
    }
    if (s) return s;
    p->text.company = arena_fmt(c->arena, "%ld", (long)id);
    p->company = company.id;
    p->company_name = company.name;
    if (company.direct) check_direct_reason(c, in->direct_reason, &p->text.direct_reason);
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

/* As normalised: blanks alone fill in nothing. `before`: what was empty then may be empty; NULL: nothing may
 * that is required. */
static void check_fields(struct ctx *c, const struct person_input *in, const struct person_input *before,
                         struct person_input *ret)
{
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind == PERSON_EMPLOYER || f->kind == PERSON_PHOTO) continue;
        struct str *text = person_text_of(ret, f);
        *text = STR("");
        bool was_empty = before && !person_text_in(before, f).n;
        if (was_empty && !str_trim(person_text_in(in, f)).n) continue;
        person_field_check(&c->problems, f, person_text_in(in, f), c->today, text);
        if (f->required)
            required_check(&c->problems, c->settings->required, f->required, text->n > 0 || was_empty);
    }
}

/* Zero where the text was refused. */
static void read_columns(struct person *p)
{
    code_parse(education_codes, p->text.education, &p->education);
    code_parse(title_level_codes, p->text.title_level, &p->title_level);
    day_parse_month(p->text.started_on, &p->started_on);
}

enum status person_check(struct ctx *c, const struct person_input *in, const struct day *born,
                         struct person *ret)
{
    struct person p = {0};
    check_fields(c, in, NULL, &p.text);
    read_columns(&p);
    TRY(check_company(c, in, &p));
    if (born) judge(c, *born, &p);
    TRY(problems_status(c));
    *ret = p;
    return ST_OK;
}

enum status person_check_edit(struct ctx *c, const struct person_input *in, const struct person_input *before,
                              const struct member_full *m, struct person *ret)
{
    struct person p = {.company = m->company_id};
    check_fields(c, in, before, &p.text);
    p.text.company = before->company;
    read_columns(&p);
    if (!p.text.started_on.n) p.started_on = m->started_on; /* unknown */
    TRY(problems_status(c));
    *ret = p;
    return ST_OK;
}

static struct str started_text(struct ctx *c, struct day started_on)
{
    bool known = day_cmp(started_on, STARTED_UNKNOWN) != 0;
    return known ? str_sub(day_str(c->arena, started_on), 0, 7) : STR("");
}

struct person_input person_texts(struct ctx *c, const struct member_full *m, struct str mobile)
{
    return (struct person_input){
        .name = m->name,
        .education = m->education ? arena_fmt(c->arena, "%ld", (long)m->education) : STR(""),
        .school = m->school,
        .major = m->major,
        .title_level = arena_fmt(c->arena, "%ld", (long)m->title_level),
        .title_specialty = m->title_specialty,
        .post = m->post,
        .started_on = started_text(c, m->started_on),
        .company = m->company_id.v ? arena_fmt(c->arena, "%ld", (long)m->company_id.v) : STR(""),
        .address = m->address,
        .qq = m->qq,
        .mobile = mobile,
        .email = m->email,
    };
}

struct person_input person_as_read(struct ctx *c, const struct member_full *m, struct str mobile,
                                   struct str company_name)
{
    struct person_input in = person_texts(c, m, mobile);
    in.company = company_name;
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind != PERSON_PHOTO) *person_text_of(&in, f) = person_shown(f, person_text_in(&in, f));
    }
    return in;
}

static struct str told(struct ctx *c, const struct person_field *f, struct str text)
{
    struct str shown = person_shown(f, text);
    return f->mask ? f->mask(c->arena, shown) : shown;
}

void person_changes(struct ctx *c, const struct person_input *before, const struct person_input *after,
                    struct changes *ret)
{
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind == PERSON_EMPLOYER || f->kind == PERSON_PHOTO) continue;
        struct str was = person_text_in(before, f), is = person_text_in(after, f);
        if (!str_eq(was, is))
            *ARENA_PUSH(c->arena, ret) =
                (struct change){str_from(person_field_brief(f)), told(c, f, was), told(c, f, is)};
    }
}

void person_insert_columns(struct ctx *c, const struct person *p, struct bytes uid,
                           struct member_insert_in *ret)
{
    ret->name = p->text.name;
    ret->mobile_sealed = vault_seal(c, PLACE("member", "mobile_sealed", uid), p->text.mobile);
    ret->mobile_index = person_mobile_index(c, p->text.mobile);
    ret->education = p->education;
    ret->school = p->text.school;
    ret->major = p->text.major;
    ret->title_level = p->title_level;
    ret->title_specialty = p->text.title_specialty;
    ret->post = p->text.post;
    ret->started_on = p->started_on;
    ret->company_id = p->company;
    ret->address = p->text.address;
    ret->qq = p->text.qq;
    ret->email = p->text.email;
}

void person_update_columns(struct ctx *c, const struct person *p, struct bytes uid,
                           struct member_update_fields_in *ret)
{
    struct member_insert_in new = {0};
    person_insert_columns(c, p, uid, &new);
    ret->name = new.name;
    ret->mobile_sealed = new.mobile_sealed;
    ret->mobile_index = new.mobile_index;
    ret->education = new.education;
    ret->school = new.school;
    ret->major = new.major;
    ret->title_level = new.title_level;
    ret->title_specialty = new.title_specialty;
    ret->post = new.post;
    ret->started_on = new.started_on;
    ret->address = new.address;
    ret->qq = new.qq;
    ret->email = new.email;
}

struct bytes person_mobile_index(struct ctx *c, struct str mobile)
{
    return mobile.n ? vault_index(c, INDEX_MOBILE, mobile) : (struct bytes){0};
}
