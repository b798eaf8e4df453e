#include "app/members/proposed.h"

#include "app/companies/companies.h"
#include "app/core/cursor.h"
#include "app/core/hold.h"
#include "app/core/once.h"
#include "app/members/decide.h"
#include "app/members/effects.h"
#include "app/members/proposal.h"
#include "base/text.h"
#include "base/utf8.h"
#include "gen/queries.h"

#define ORDER     "proposed" /* of the cursors */
#define ADDRESS   "/staff/companies/proposed"
#define EVENT     "member.employer"
#define MANY_HELD 1000 /* applications that one decision takes; of more, the others stay in the list */

static enum status shown(struct ctx *c, const struct proposed_line *row, struct proposed *ret)
{
    *ret = (struct proposed){.row = *row};
    TRY(q_company_proposals_called(c->db, c->arena, row->folded, PROPOSED_PEOPLE_SHOWN, &ret->people));
    return company_called(c, row->name, &ret->called);
}

enum status app_companies_proposed(struct ctx *c, const struct page_want *want, struct proposed_page *ret)
{
    struct proposed_page page = {0};
    struct proposed_lines rows;
    struct companies_proposed_count_row count;
    struct proposal_id from = {0};
    struct day unused;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_read(c));
    bool back = list_cursor_read(c, ORDER, want->before, &unused, &from.v);
    bool at_start = !back && !list_cursor_read(c, ORDER, want->after, &unused, &from.v);
    TRY(back ? q_companies_proposed_back(c->db, c->arena, from, want->size + 1, &rows)
             : q_companies_proposed(c->db, c->arena, from, want->size + 1, &rows));
    bool more = rows.n > (size_t)want->size;
    size_t n = more ? (size_t)want->size : rows.n;
    for (size_t i = 0; i < n; i++)
        TRY(shown(c, &rows.p[back ? n - 1 - i : i], ARENA_PUSH(c->arena, &page.items)));
    if (n && (back ? more : !at_start))
        page.previous = list_cursor(c, ORDER, DAY_NONE, rows.p[back ? n - 1 : 0].id.v);
    if (n && (back || more)) page.next = list_cursor(c, ORDER, DAY_NONE, rows.p[back ? 0 : n - 1].id.v);
    TRY(q_companies_proposed_count(c->db, c->arena, &count));
    page.total = count.n;
    *ret = page;
    return ST_OK;
}

/* What is decided, checked. */
struct deed {
    bool yes;
    struct company_full company; /* id 0: to be opened */
    struct str reason;
};

static enum status check_company(struct ctx *c, struct str typed, struct company_full *ret)
{
    int64_t id;
    enum status s = ST_NOT_FOUND;
    struct company_full company = {0};
    if (!str_trim(typed).n) return ST_OK;
    if (str_int(str_trim(typed), &id) && id > 0)
        s = q_company_by_id_unscoped(c->db, c->arena, (struct company_id){id}, &company);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    if (s == ST_NOT_FOUND || !company_may_be_chosen(&company))
        problem_add(&c->problems, "company", "没有找到这个单位，或已停用，请重新选择");
    else if (company.direct)
        problem_add(&c->problems, "company", "协会直管要本人写明原因，请退回本人改选");
    else
        *ret = company;
    return ST_OK;
}

static void check_reason(struct ctx *c, struct str reason)
{
    if (!text_clean(c->arena, reason).n)
        problem_add(&c->problems, "reason", "请填写退回原因，本人会看到");
    else if (!text_is_lines(reason) || utf8_count(reason) > DECISION_REASON_MAX)
        problem_add(&c->problems, "reason", "原因最多 %d 个字，不能有显示不出的字符", DECISION_REASON_MAX);
}

static enum status check(struct ctx *c, const struct proposed_decision *in, struct deed *ret)
{
    struct deed d = {.yes = str_eq(in->decision, STR("yes")), .reason = in->reason};
    if (!d.yes && !str_eq(in->decision, STR("no")))
        problem_add(&c->problems, "decision", "请选择建立单位、归入已有单位或退回本人");
    else if (!d.yes)
        check_reason(c, in->reason);
    else
        TRY(check_company(c, in->company, &d.company));
    TRY(problems_status(c));
    *ret = d;
    return ST_OK;
}

/* The people are held, then read again: somebody else may have decided meanwhile. */
static enum status hold(struct ctx *c, struct str folded, struct company_proposals_called_rows *ret)
{
    struct company_proposals_called_rows rows;
    struct member_id *ids;
    TRY(q_company_proposals_called(c->db, c->arena, folded, MANY_HELD, &rows));
    ids = ARENA_ARRAY(c->arena, rows.n, struct member_id);
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = rows.p[i].member_id;
    TRY(hold_members(c, ids, rows.n));
    return q_company_proposals_called(c->db, c->arena, folded, MANY_HELD, ret);
}

static bool among(const struct company_proposals_called_rows *rows, struct proposal_id id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->p[i].id.v == id.v) return true;
    return false;
}

/* One that is called so by now, or a new one. */
static enum status open_company(struct ctx *c, struct str name, struct proposed_done *done)
{
    struct company_called called;
    struct company_id id;
    struct company_new n = {.name = name, .contact = STR(""), .phone = STR(""), .address = STR("")};
    TRY(company_called(c, name, &called));
    done->company = called.same;
    if (called.same.id.v && (!called.same.enabled || called.same.direct)) {
        problem_add(&c->problems, "company", "已有同名单位，但已停用。请先启用，或归入别的单位");
        return ST_BAD_INPUT;
    }
    if (called.same.id.v) return ST_OK;
    TRY(company_insert_asleep(c, &n, &id));
    TRY(q_company_by_id_unscoped(c->db, c->arena, id, &done->company));
    done->made = true;
    return audit_add(c, &(struct audit_note){.event = "company.create",
                                             .company = id,
                                             .note = STR("按入会申请中填写的单位建立")});
}

/* Nobody disables it meanwhile. */
static enum status hold_company(struct ctx *c, struct company_id id)
{
    struct company_full company;
    TRY(hold_companies(c, &id, 1));
    TRY(q_company_by_id_unscoped(c->db, c->arena, id, &company));
    return company.enabled ? ST_OK : fail(&c->fault, ST_CONFLICT, "这个单位刚刚已停用，请重新选择");
}

static enum status send_there(struct ctx *c, const struct company_full *company, struct str name,
                              struct member_full *m)
{
    int64_t rows;
    struct changes changes = {0};
    TRY(member_move(c, m, company->id, c->today));
    TRY(q_member_set_company(c->db, m->id, m->version, company->id, &rows));
    if (rows != 1) return someone_was_faster(c, "member_set_company: not held");
    counter_add(c, (struct company_id){0}, m->state, m->period_end, -1);
    counter_add(c, company->id, m->state, m->period_end, 1);
    *ARENA_PUSH(c->arena, &changes) =
        (struct change){STR("工作单位"), proposal_label(c->arena, name), company->name};
    return audit_add(c, &(struct audit_note){.event = EVENT,
                                             .about = member_subject(m),
                                             .company = company->id,
                                             .shown = true,
                                             .changes = changes});
}

/* The association stands in for the company that there is not. */
static enum status send_back(struct ctx *c, struct str reason, struct member_full *m)
{
    struct member_facts facts;
    enum member_stored to;
    struct refusal refusal = {MEMBER_MAY, STR("")};
    struct decision d = {.event = EVENT_RETURN_TO_PERSON, .reason = reason};
    TRY(member_facts_of(c, m, &facts));
    if (member_transition(&facts, SIDE_COMPANY, d.event, &to) != MEMBER_MAY)
        return someone_was_faster(c, "a proposal that waits: not submitted");
    return member_effect(c, &d, &facts, to, m, &refusal);
}

static enum status carry_out(struct ctx *c, const struct deed *d, struct str name,
                             const struct company_proposals_called_rows *people, struct proposed_done *done)
{
    done->company = d->company;
    if (d->yes && !d->company.id.v) TRY(open_company(c, name, done));
    if (d->yes && !done->made) TRY(hold_company(c, done->company.id));
    for (size_t i = 0; i < people->n; i++) {
        struct member_full m;
        TRY(member_load(c, people->p[i].member_id, &m));
        TRY(d->yes ? send_there(c, &done->company, name, &m) : send_back(c, d->reason, &m));
        TRY(q_company_proposal_decide(c->db, people->p[i].id, c->now_ms, NULL));
    }
    done->people = (int64_t)people->n;
    return ST_OK;
}

enum status app_company_proposed(struct ctx *c, struct proposal_id id, const struct proposed_decision *in,
                                 struct proposed_done *ret)
{
    struct company_proposal_by_id_row proposal;
    struct company_proposals_called_rows people;
    struct proposed_done done = {0};
    struct deed deed;
    struct str earlier;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_begin(c));
    TRY(once_take(c, in->once, STR("decided"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        *ret = done;
        return ST_OK;
    }
    enum status s = q_company_proposal_by_id(c->db, c->arena, id, &proposal);
    if (s == ST_NOT_FOUND) return not_found(c);
    if (s) return s;
    TRY(hold(c, proposal.folded, &people));
    if (!among(&people, id))
        return fail(&c->fault, ST_CONFLICT, "刚刚已被处理，或本人撤回了申请，请回到列表再看");
    TRY(check(c, in, &deed));
    TRY(carry_out(c, &deed, proposal.name, &people, &done));
    TRY(app_commit(c));
    *ret = done;
    return ST_OK;
}

enum status todo_proposed(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct companies_proposed_count_row count;
    TRY(q_companies_proposed_count(c->db, c->arena, &count));
    *ret = (struct todo_found){
        .count = count.n, .since = count.oldest ? day_at(count.oldest) : DAY_NONE, .list = STR(ADDRESS)};
    return ST_OK;
}
