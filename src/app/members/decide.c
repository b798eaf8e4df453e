#include "app/members/decide.h"

#include "app/batches/join.h"
#include "app/companies/direct.h"
#include "app/companies/unit_fields.h"
#include "app/core/hold.h"
#include "app/core/once.h"
#include "app/core/settings.h"
#include "app/core/trail.h"
#include "app/members/effects.h"
#include "app/members/outcomes.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/period.h"
#include "gen/queries.h"

#include <stdlib.h>

/* What an approval ended, for its undoing: the kind of the period that it opened says it. */
static enum status approved_from(struct ctx *c, const struct member_full *m, enum member_stored *ret)
{
    struct period_full last;
    TRY(q_period_last_unscoped(c->db, c->arena, m->id, &last));
    *ret = str_eq(last.kind, STR("new")) ? STORED_RECOMMENDED_NEW : STORED_RECOMMENDED_RENEWAL;
    return ST_OK;
}

/* Only 撤销批准, which is the association's, depends on these: without a recommendation there is nothing to
 * go back to, and another employer's would wait in a batch that is not theirs. */
static enum status facts_of_approval(struct ctx *c, const struct member_full *m, struct member_facts *f)
{
    struct company_id recommended_by;
    TRY(approved_from(c, m, &f->before));
    TRY(batch_was_returned(c, m->id, &f->newer));
    TRY(batch_company_of(c, m->id, &recommended_by));
    if (!recommended_by.v) f->before = STORED_NONE;
    f->newer |= recommended_by.v && recommended_by.v != m->company_id.v;
    return ST_OK;
}

static enum status unit_is_lapsed(struct ctx *c, struct company_id company, bool *ret)
{
    struct company_full row;
    *ret = false;
    if (!company.v) return ST_OK;
    TRY(q_company_by_id_unscoped(c->db, c->arena, company, &row));
    *ret = unit_lapsed(&row, c->today);
    return ST_OK;
}

enum status member_facts_of(struct ctx *c, const struct member_full *m, struct member_facts *ret)
{
    struct member_facts f = {.period_end = m->period_end,
                             .today = c->today,
                             .renewal_days = (int)c->settings->renewal_window_days};
    TRY(member_stored_of(c, m, &f.stored));
    if (f.stored == STORED_CLOSED && !member_stored_parse(m->state_before, &f.before))
        return fail_detail(&c->fault, ST_BROKEN, "unknown former state of a member");
    if (f.stored == STORED_APPROVED && c->actor.side == SIDE_STAFF) TRY(facts_of_approval(c, m, &f));
    if (c->settings->lapsed_unit == LAPSED_BLOCKS) TRY(unit_is_lapsed(c, m->company_id, &f.unit_lapsed));
    *ret = f;
    return ST_OK;
}

/* Whoever works for 协会直管 has the association in the company's place, too (product.md, Registration). */
static enum status acts_as_company(struct ctx *c, const struct member_full *m, bool *ret)
{
    struct company_id direct = {0};
    if (c->actor.side == SIDE_STAFF) TRY(company_direct(c, &direct));
    *ret = direct.v && direct.v == m->company_id.v;
    return ST_OK;
}

static enum status judge(struct ctx *c, const struct member_full *m, const struct member_facts *facts,
                         enum member_event event, enum member_stored *ret_to, enum member_refusal *ret)
{
    bool as_company;
    *ret = member_transition(facts, c->actor.side, event, ret_to);
    if (*ret != MEMBER_WRONG_SIDE && *ret != MEMBER_WRONG_STATE) return ST_OK;
    TRY(acts_as_company(c, m, &as_company));
    if (!as_company) return ST_OK;
    enum member_refusal other = member_transition(facts, SIDE_COMPANY, event, ret_to);
    if (other != MEMBER_WRONG_SIDE) *ret = other;
    return ST_OK;
}

static struct refusal refused(struct ctx *c, enum member_refusal why, const struct member_facts *f,
                              enum member_event event)
{
    return (struct refusal){why, member_refusal_text(c->arena, why, f, c->actor.side, event)};
}

static enum status decide_one(struct ctx *c, const struct decision *d, struct member_full *m,
                              struct refusal *ret)
{
    struct member_facts facts;
    enum member_stored to;
    enum member_refusal why;
    TRY(member_facts_of(c, m, &facts));
    TRY(judge(c, m, &facts, d->event, &to, &why));
    if (why != MEMBER_MAY) {
        *ret = refused(c, why, &facts, d->event);
        return ST_OK;
    }
    struct refusal refusal = {MEMBER_MAY, STR("")};
    TRY(member_effect(c, d, &facts, to, m, &refusal));
    *ret = refusal;
    return ST_OK;
}

/* ST_NOT_FOUND says whose the person is, and only the loading of the person says it. */
enum status member_decide_one(struct ctx *c, const struct decision *d, struct member_full *m,
                              struct refusal *ret)
{
    enum status s = decide_one(c, d, m, ret);
    return s == ST_NOT_FOUND
               ? fail_detail(&c->fault, ST_BROKEN, "a row that belongs to a member is not there")
               : s;
}

enum status member_may_each(struct ctx *c, const struct member_full *m, bool ret[EVENT_COUNT])
{
    struct member_facts facts;
    enum member_stored to;
    enum member_refusal why;
    bool changes = c->actor.side != SIDE_STAFF || (c->actor.roles & ROLE_MEMBERSHIP);
    TRY(member_facts_of(c, m, &facts));
    for (int event = 0; event < EVENT_COUNT; event++) {
        TRY(judge(c, m, &facts, (enum member_event)event, &to, &why));
        ret[event] = changes && why == MEMBER_MAY;
    }
    return ST_OK;
}

/* Not there or not theirs: the trail names whom they asked for. */
static enum status note_foreign(struct ctx *c, const struct decision *d, struct member_id id)
{
    return audit_add(c, &(struct audit_note){.event = member_event_word(d->event),
                                             .result = "not_found",
                                             .about = {.member = id},
                                             .company = c->actor.company});
}

static enum status skip_foreign(struct ctx *c, const struct decision *d, struct member_id id,
                                struct outcome *o)
{
    struct str text = c->actor.side == SIDE_COMPANY ? STR("不存在或不属于本单位") : STR("没有这个人");
    outcome_skip(c, o, &(struct skipped){id, STR(""), STR("not_found"), text});
    return note_foreign(c, d, id);
}

/* Done, and yet there is something to say of it. */
static enum status warn(struct ctx *c, const struct decision *d, const struct member_full *m,
                        struct outcome *o)
{
    bool lapsed;
    if (d->event != EVENT_RECOMMEND && d->event != EVENT_RECOMMEND_RENEWAL) return ST_OK;
    TRY(unit_is_lapsed(c, m->company_id, &lapsed));
    if (lapsed)
        outcome_warn(
            c, o,
            &(struct skipped){m->id, m->name, STR("lapsed"), STR("单位的会员资格已到期，请与协会联系续办")});
    return ST_OK;
}

static enum status decide_row(struct ctx *c, const struct decision *d, struct member_full *m,
                              struct outcome *o)
{
    struct refusal refusal;
    struct member_full was = *m;
    TRY(member_decide_one(c, d, m, &refusal));
    if (refusal.why == MEMBER_MAY) {
        outcome_done(c, o, &was, m);
        return warn(c, d, m, o);
    }
    outcome_skip(c, o,
                 &(struct skipped){m->id, m->name, str_from(member_refusal_code(refusal.why)), refusal.text});
    return ST_OK;
}

struct members {
    LIST(struct member_full);
};

static int by_company(const void *a, const void *b)
{
    int64_t x = ((const struct company_id *)a)->v, y = ((const struct company_id *)b)->v;
    return (x > y) - (x < y);
}

/* Theirs are held as they are read here, and so is what they share with the others of their company. */
static enum status hold_all(struct ctx *c, const struct decision *d, const struct member_ids *ids,
                            struct members *ret, struct outcome *o)
{
    struct members all = {0};
    struct company_id *companies = ARENA_ARRAY(c->arena, ids->n, struct company_id);
    TRY(hold_members(c, ids->p, ids->n));
    ARENA_RESERVE(c->arena, &all, ids->n);
    for (size_t i = 0; i < ids->n; i++) {
        struct member_full m = {0};
        enum status s = member_load(c, ids->p[i], &m);
        if (s == ST_NOT_FOUND)
            TRY(skip_foreign(c, d, ids->p[i], o));
        else if (s)
            return s;
        else
            *ARENA_PUSH(c->arena, &all) = m;
    }
    for (size_t i = 0; i < all.n; i++)
        companies[i] = all.p[i].company_id;
    if (all.n) qsort(companies, all.n, sizeof *companies, by_company);
    *ret = all;
    return hold_companies(c, companies, all.n);
}

static enum status decide_all(struct ctx *c, const struct decision *d, const struct selection *s,
                              struct outcome *ret, size_t *ret_theirs)
{
    struct member_ids ids = {0};
    struct members all = {0};
    struct outcome o = {.what = d->event};
    TRY(selection_ids(c, s, &ids));
    TRY(hold_all(c, d, &ids, &all, &o));
    for (size_t i = 0; i < all.n; i++)
        TRY(decide_row(c, d, &all.p[i], &o));
    *ret = o;
    *ret_theirs = all.n;
    return ST_OK;
}

static bool needs_reason(enum member_event event)
{
    return event == EVENT_RETURN_TO_PERSON || event == EVENT_RETURN_TO_COMPANY || event == EVENT_UNAPPROVE ||
           event == EVENT_CLOSE || event == EVENT_REOPEN;
}

enum status member_decision_check(struct ctx *c, const struct decision *d)
{
    if (needs_reason(d->event) && !text_clean(c->arena, d->reason).n)
        problem_add(&c->problems, "reason", "请填写原因");
    if (!text_is_lines(d->reason))
        problem_add(&c->problems, "reason", "原因中有不能显示的字符，请删除后重新填写");
    if (utf8_count(d->reason) > DECISION_REASON_MAX)
        problem_add(&c->problems, "reason", "原因最多 %d 个字，请改短", DECISION_REASON_MAX);
    if (!text_is_line(d->document_no))
        problem_add(&c->problems, "document_no", "文号中有不能显示的字符，请删除后重新填写");
    if (utf8_count(d->document_no) > DOCUMENT_NO_MAX)
        problem_add(&c->problems, "document_no", "文号最多 %d 个字，请改短", DOCUMENT_NO_MAX);
    if (day_cmp(d->approved_on, c->today) > 0)
        problem_add(&c->problems, "approved_on", "%s", approval_error_text(APPROVAL_FUTURE));
    return problems_status(c);
}

/* None of them was theirs: nothing is done, and the trail says that someone tried. */
static enum status all_foreign(struct ctx *c, const struct decision *d, const struct selection *s)
{
    struct member_ids ids = {0};
    app_rollback(c);
    TRY(app_begin(c));
    TRY(selection_ids(c, s, &ids));
    for (size_t i = 0; i < ids.n; i++)
        TRY(note_foreign(c, d, ids.p[i]));
    TRY(app_commit(c));
    c->sought = (struct sought){0}; /* it is noted */
    return not_found(c);
}

enum status app_members_decide(struct ctx *c, const struct decision *d, const struct selection *s,
                               struct str once, struct str *ret_token)
{
    struct outcome o;
    size_t theirs;
    struct str token = once_token(c), earlier;
    if (c->actor.side == SIDE_STAFF) TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(need_more_than_view(c));
    TRY(member_decision_check(c, d));
    TRY(app_begin(c));
    TRY(once_take(c, once, token, &earlier));
    if (earlier.n) {
        app_rollback(c);
        *ret_token = earlier;
        return ST_OK;
    }
    TRY(decide_all(c, d, s, &o, &theirs));
    if (theirs == 0) return all_foreign(c, d, s);
    TRY(outcome_save(c, &o, token));
    TRY(app_commit(c));
    *ret_token = token;
    return ST_OK;
}

#define COMPANIES_NAMED 3

/* The first of them, and how many there are. */
static enum status name_companies(struct ctx *c, const struct company_ids *ids, struct str *ret)
{
    struct str names = STR("");
    struct company_name_now_unscoped_row company;
    for (size_t i = 0; i < ids->n && i < COMPANIES_NAMED; i++) {
        if (!ids->p[i].v) continue;
        TRY(q_company_name_now_unscoped(c->db, c->arena, ids->p[i], &company));
        names = arena_fmt(c->arena, "%.*s%s%.*s", STR_ARG(names), names.n ? "、" : "", STR_ARG(company.name));
    }
    if (ids->n > COMPANIES_NAMED) names = arena_fmt(c->arena, "%.*s 等 %zu 家", STR_ARG(names), ids->n);
    *ret = names;
    return ST_OK;
}

enum status app_members_foresee(struct ctx *c, const struct decision *d, const struct selection *s,
                                struct foreseen *ret)
{
    struct foreseen f = {.outcome = ARENA_NEW(c->arena, struct outcome), .companies = STR("")};
    size_t theirs;
    if (c->actor.side == SIDE_STAFF) TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(member_decision_check(c, d));
    TRY(app_begin(c));
    TRY(decide_all(c, d, s, f.outcome, &theirs));
    if (theirs == 0) return all_foreign(c, d, s);
    if (c->actor.side == SIDE_STAFF) TRY(name_companies(c, &f.outcome->companies, &f.companies));
    app_rollback(c);
    *ret = f;
    return ST_OK;
}

enum status app_member_withdraw(struct ctx *c, struct str once)
{
    struct member_full m = {0};
    struct refusal refusal;
    struct str earlier;
    TRY(need_side(c, SIDE_MEMBER));
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("withdrawn"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(hold_members(c, &c->actor.member, 1));
    TRY(member_load(c, c->actor.member, &m));
    TRY(member_decide_one(c, &(struct decision){.event = EVENT_WITHDRAW}, &m, &refusal));
    if (refusal.why != MEMBER_MAY) return fail(&c->fault, ST_CONFLICT, "%.*s", STR_ARG(refusal.text));
    return app_commit(c);
}
