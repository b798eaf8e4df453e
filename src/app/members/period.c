#include "app/members/period.h"

#include "app/core/hold.h"
#include "app/core/once.h"
#include "app/core/settings.h"
#include "app/members/decide.h"
#include "domain/document_no.h"
#include "domain/period.h"
#include "gen/queries.h"

#define EVENT "member.period"

/* One person's approvals that stand, and which of them is meant. */
struct approvals {
    struct period_fulls all;
    const struct period_full *meant, *before, *later; /* or NULL */
    bool any;
};

static bool is_named(struct arena *a, const struct member_filter *f, const struct period_full *p)
{
    if (!asks_approval(f)) return true;
    struct str folded = document_no_fold(a, f->document_no);
    if (folded.n && !str_eq(document_no_fold(a, p->document_no), folded)) return false;
    return day_cmp(p->approved_on, approved_first(f)) >= 0 && day_cmp(p->approved_on, approved_last(f)) <= 0;
}

static enum status approvals_of(struct ctx *c, struct member_id id, const struct member_filter *f,
                                struct approvals *ret)
{
    struct approvals k = {0};
    TRY(q_periods_of_unscoped(c->db, c->arena, id, &k.all));
    for (size_t i = k.all.n; i-- > 0;) {
        const struct period_full *p = &k.all.p[i];
        if (p->voided_at) continue;
        k.any = true;
        if (k.meant && !k.before) k.before = p;
        if (!k.meant && is_named(c->arena, f, p)) k.meant = p;
        if (!k.meant) k.later = p;
    }
    *ret = k;
    return ST_OK;
}

static struct refusal refused(struct ctx *c, enum member_refusal why, const char *text)
{
    return (struct refusal){why, arena_fmt(c->arena, "%s", text)};
}

/* The day of the recommendation that was approved; none where it came from an old system. */
static enum status recommended_on(struct ctx *c, const struct period_full *p, struct day *ret)
{
    struct batch_item_decided_unscoped_row item;
    *ret = DAY(1, 1, 1);
    enum status s = q_batch_item_decided_unscoped(c->db, c->arena, p->member_id, p->created_at, &item);
    if (s == ST_OK) *ret = day_at(item.joined_at);
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status judge(struct ctx *c, const struct period_correction *p, const struct approvals *k,
                         struct refusal *ret)
{
    struct day earliest;
    *ret = (struct refusal){MEMBER_MAY, STR("")};
    if (!k->any) {
        *ret = refused(c, MEMBER_WRONG_STATE, "还没有批准过");
    } else if (!k->meant) {
        *ret = refused(c, MEMBER_NO_BEFORE, "没有符合条件的批准");
    } else if (k->later) {
        *ret = refused(c, MEMBER_NEWER, "之后又有一次批准，这一次的日期不能再改");
    } else {
        TRY(recommended_on(c, k->meant, &earliest));
        enum approval_error wrong = approval_date_check(p->approved_on, earliest, c->today);
        if (wrong != APPROVAL_OK) *ret = refused(c, MEMBER_APPROVED_ON, approval_error_text(wrong));
        if (day_is(k->meant->ended_on) && day_cmp(p->approved_on, k->meant->ended_on) > 0)
            *ret = refused(c, MEMBER_APPROVED_ON, "批准日期不能晚于提前终止的日期");
    }
    return ST_OK;
}

/* As long as it was opened for, whatever the setting says by now. */
static struct period moved(struct ctx *c, const struct period_correction *p, const struct approvals *k)
{
    struct period was = {k->meant->start_day, k->meant->end_day};
    struct period_rules rules = {.years = period_years(was),
                                 .lapsed_continues = c->settings->lapsed_continues != 0};
    return period_open(&rules, p->approved_on, k->before ? k->before->end_day : DAY_NONE);
}

static struct str span(struct arena *a, struct day first, struct day last)
{
    return arena_fmt(a, "%.*s 至 %.*s", STR_ARG(day_str(a, first)), STR_ARG(day_str(a, last)));
}

static struct changes changes_of(struct ctx *c, const struct period_full *was,
                                 const struct period_correct_in *now)
{
    struct arena *a = c->arena;
    struct changes all = {0};
    if (day_cmp(was->approved_on, now->approved_on) != 0)
        *ARENA_PUSH(a, &all) =
            (struct change){STR("批准日期"), day_str(a, was->approved_on), day_str(a, now->approved_on)};
    if (!str_eq(was->document_no, now->document_no))
        *ARENA_PUSH(a, &all) = (struct change){STR("文号"), was->document_no, now->document_no};
    if (day_cmp(was->start_day, now->start_day) != 0 || day_cmp(was->end_day, now->end_day) != 0)
        *ARENA_PUSH(a, &all) = (struct change){STR("会员有效期"), span(a, was->start_day, was->end_day),
                                               span(a, now->start_day, now->end_day)};
    return all;
}

static enum status move_member(struct ctx *c, struct member_full *m, struct day end)
{
    int64_t rows;
    TRY(q_member_set_period_end(c->db, m->id, m->version, end, &rows));
    if (rows != 1) return someone_was_faster(c, "member_set_period_end: not held");
    counter_add(c, m->company_id, m->state, m->period_end, -1);
    counter_add(c, m->company_id, m->state, end, 1);
    m->period_end = end;
    m->version++;
    return ST_OK;
}

static enum status correct(struct ctx *c, const struct period_correction *p, const struct approvals *k,
                           struct member_full *m)
{
    const struct period_full *was = k->meant;
    struct period now = moved(c, p, k);
    struct str document = p->document_no.n ? p->document_no : was->document_no;
    struct period_correct_in in = {.id = was->id,
                                   .approved_on = p->approved_on,
                                   .document_no = document,
                                   .document_folded = document_no_fold(c->arena, document),
                                   .start_day = now.first,
                                   .end_day = now.last};
    struct changes changes = changes_of(c, was, &in);
    if (changes.n == 0) return ST_OK; /* it says so already */
    TRY(q_period_change_insert(c->db,
                               &(struct period_change_insert_in){was->id, was->approved_on, was->document_no,
                                                                 was->start_day, was->end_day, c->now_ms},
                               NULL));
    TRY(q_period_correct(c->db, &in, NULL));
    TRY(move_member(c, m, now.last));
    return audit_add(c, &(struct audit_note){.event = EVENT,
                                             .about = member_subject(m),
                                             .company = m->company_id,
                                             .shown = true,
                                             .note = p->reason,
                                             .changes = changes});
}

static enum status note_foreign(struct ctx *c, struct member_id id)
{
    return audit_add(c, &(struct audit_note){.event = EVENT, .result = "not_found", .about = {.member = id}});
}

static enum status correct_one(struct ctx *c, const struct period_correction *p,
                               const struct member_filter *f, struct member_id id, struct outcome *o)
{
    struct member_full m;
    struct approvals k;
    struct refusal refusal;
    enum status s = member_load(c, id, &m);
    if (s == ST_NOT_FOUND) {
        outcome_skip(c, o, &(struct skipped){id, STR(""), STR("not_found"), STR("没有这个人")});
        return note_foreign(c, id);
    }
    TRY(s);
    TRY(approvals_of(c, id, f, &k));
    TRY(judge(c, p, &k, &refusal));
    if (refusal.why != MEMBER_MAY) {
        outcome_skip(c, o,
                     &(struct skipped){id, m.name, str_from(member_refusal_code(refusal.why)), refusal.text});
        return ST_OK;
    }
    TRY(correct(c, p, &k, &m));
    outcome_done(c, o, NULL, &m);
    return ST_OK;
}

static enum status correct_all(struct ctx *c, const struct period_correction *p, const struct selection *s,
                               struct outcome *ret)
{
    struct member_ids ids = {0};
    struct outcome o = {.kind = OUTCOME_PERIOD};
    size_t strangers = 0;
    TRY(selection_ids(c, s, &ids));
    TRY(hold_members(c, ids.p, ids.n));
    for (size_t i = 0; i < ids.n; i++)
        TRY(correct_one(c, p, &s->filter, ids.p[i], &o));
    for (size_t i = 0; i < o.skipped.n; i++)
        strangers += str_eq(o.skipped.p[i].code, STR("not_found"));
    if (strangers < ids.n) {
        *ret = o;
        return ST_OK;
    }
    TRY(app_commit(c)); /* nothing but that somebody tried */
    c->sought = (struct sought){0};
    return not_found(c);
}

static enum status check(struct ctx *c, const struct period_correction *p)
{
    struct decision like = {.event = EVENT_UNAPPROVE, /* needs a reason, too */
                            .approved_on = p->approved_on,
                            .document_no = p->document_no,
                            .reason = p->reason};
    TRY(need_role(c, ROLE_MEMBERSHIP));
    if (!day_is(p->approved_on) && !problem_of(&c->problems, STR("approved_on")).n)
        problem_add(&c->problems, "approved_on", "请填写正确的批准日期");
    return member_decision_check(c, &like);
}

enum status app_members_period(struct ctx *c, const struct period_correction *p, const struct selection *s,
                               struct str once, struct str *ret_token)
{
    struct outcome o;
    struct str token = once_token(c), earlier;
    TRY(check(c, p));
    TRY(app_begin(c));
    TRY(once_take(c, once, token, &earlier));
    if (earlier.n) {
        app_rollback(c);
        *ret_token = earlier;
        return ST_OK;
    }
    TRY(correct_all(c, p, s, &o));
    TRY(outcome_save(c, &o, token));
    TRY(app_commit(c));
    *ret_token = token;
    return ST_OK;
}

enum status app_members_period_foresee(struct ctx *c, const struct period_correction *p,
                                       const struct selection *s, struct outcome **ret)
{
    struct outcome *o = ARENA_NEW(c->arena, struct outcome);
    TRY(check(c, p));
    TRY(app_begin(c));
    TRY(correct_all(c, p, s, o));
    app_rollback(c);
    *ret = o;
    return ST_OK;
}
