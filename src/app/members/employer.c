#include "app/members/employer.h"

#include "app/companies/companies.h"
#include "app/core/hold.h"
#include "app/members/effects.h"
#include "domain/typed_day.h"
#include "gen/queries.h"

static bool waits_in_a_batch(const struct dossier *d)
{
    enum member_stored s = d->stored;
    if (s == STORED_CLOSED) (void)member_stored_parse(d->row.state_before, &s);
    return s == STORED_RECOMMENDED_NEW || s == STORED_RECOMMENDED_RENEWAL;
}

/* The association may also put somebody into 协会直管. */
static bool may_be_chosen(const struct company_full *company)
{
    return company->enabled;
}

static enum status check_company(struct ctx *c, const struct dossier *d, int64_t id,
                                 struct employer_change *ret)
{
    struct company_full company;
    enum status s = q_company_by_id_unscoped(c->db, c->arena, (struct company_id){id}, &company);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    if (s == ST_NOT_FOUND || !may_be_chosen(&company))
        problem_add(&c->problems, "company", "没有找到这个单位，或已停用，请重新选择");
    else if (waits_in_a_batch(d))
        problem_add(&c->problems, "company", "%s",
                    d->stored == STORED_CLOSED ? "注销前正由原单位推荐，请先恢复，退回单位后再改工作单位"
                                               : "正由原单位推荐，请先退回单位，再改工作单位");
    else
        *ret = (struct employer_change){.to = company.id, .name = company.name};
    return ST_OK;
}

static enum status check_day(struct ctx *c, const struct dossier *d, struct str typed, struct day *ret)
{
    struct employment_now_unscoped_row now;
    if (!str_trim(typed).n) {
        problem_add(&c->problems, "effective_on", "请填写从哪一天起在新单位");
        return ST_OK;
    }
    if (!typed_day(typed, ret)) {
        problem_add(&c->problems, "effective_on", "没有这样的日期，" TYPED_DAY_HOW);
        return ST_OK;
    }
    if (day_cmp(*ret, c->today) > 0) problem_add(&c->problems, "effective_on", "变更日期不能晚于今天");
    enum status s = q_employment_now_unscoped(c->db, c->arena, d->row.id, &now);
    if (s == ST_OK && day_cmp(*ret, now.from_day) < 0)
        problem_add(&c->problems, "effective_on", "变更日期不能早于在原单位登记的日期 %s",
                    arena_cstr(c->arena, day_str(c->arena, now.from_day)));
    return s == ST_NOT_FOUND ? ST_OK : s;
}

enum status employer_check(struct ctx *c, const struct dossier *d, struct str company,
                           struct str effective_on, struct employer_change *ret)
{
    struct employer_change to = {0};
    int64_t id;
    *ret = to;
    if (!str_trim(company).n) return ST_OK;
    if (!str_int(str_trim(company), &id) || id <= 0) {
        problem_add(&c->problems, "company", "没有找到这个单位，请重新选择");
        return ST_OK;
    }
    if (id == d->row.company_id.v) return ST_OK;
    TRY(check_company(c, d, id, &to));
    TRY(check_day(c, d, effective_on, &to.on));
    *ret = to;
    return ST_OK;
}

enum status employer_hold(struct ctx *c, const struct employer_change *to, const struct dossier *d)
{
    struct company_id a = d->row.company_id, b = to->to;
    struct company_id ids[] = {a.v < b.v ? a : b, a.v < b.v ? b : a};
    if (!b.v) return ST_OK;
    return a.v ? hold_companies(c, ids, 2) : hold_companies(c, &b, 1);
}

enum status employer_change(struct ctx *c, const struct employer_change *to, struct dossier *d,
                            struct changes *changes)
{
    struct company_full company;
    struct member_full *m = &d->row, old = *m;
    int64_t rows;
    TRY(q_company_by_id_unscoped(c->db, c->arena, to->to, &company));
    if (!may_be_chosen(&company)) return fail(&c->fault, ST_CONFLICT, "这个单位刚刚已停用，请重新选择");
    TRY(member_move(c, m, to->to, to->on));
    TRY(q_member_set_company(c->db, m->id, m->version, m->company_id, &rows));
    if (rows != 1) return someone_was_faster(c, "member_set_company: not held");
    m->version++;
    counter_add(c, old.company_id, m->state, m->period_end, -1);
    counter_add(c, m->company_id, m->state, m->period_end, 1);
    *ARENA_PUSH(c->arena, changes) = (struct change){STR("工作单位"), d->company_name, company.name};
    *ARENA_PUSH(c->arena, changes) = (struct change){STR("单位变更日期"), STR(""), day_str(c->arena, to->on)};
    return ST_OK;
}
