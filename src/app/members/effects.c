#include "app/members/effects.h"

#include "app/batches/join.h"
#include "app/core/hold.h"
#include "app/core/looks.h"
#include "app/core/series.h"
#include "app/core/settings.h"
#include "app/members/load.h"
#include "domain/document_no.h"
#include "domain/name_grams.h"
#include "domain/period.h"
#include "gen/queries.h"

#define UNDONE "撤销本次操作"

static const char *const EVENT_WORDS[EVENT_COUNT] = {
    [EVENT_REGISTER] = "member.register",
    [EVENT_WITHDRAW] = "member.withdraw",
    [EVENT_RESUBMIT] = "member.resubmit",
    [EVENT_RECOMMEND] = "member.recommend",
    [EVENT_RECOMMEND_RENEWAL] = "member.recommend_renewal",
    [EVENT_UNRECOMMEND] = "member.unrecommend",
    [EVENT_RETURN_TO_PERSON] = "member.return_to_person",
    [EVENT_RETURN_TO_COMPANY] = "member.return_to_company",
    [EVENT_APPROVE] = "member.approve",
    [EVENT_UNAPPROVE] = "member.unapprove",
    [EVENT_CLOSE] = "member.close",
    [EVENT_REOPEN] = "member.reopen",
};

const char *member_event_word(enum member_event event)
{
    return EVENT_WORDS[event];
}

bool member_event_by_word(struct str word, enum member_event *ret)
{
    for (int event = 0; event < EVENT_COUNT; event++) {
        if (!str_eq(str_from(EVENT_WORDS[event]), word)) continue;
        *ret = (enum member_event)event;
        return true;
    }
    return false;
}

enum status member_index_name(struct ctx *c, struct member_id id, struct company_id company, struct str name)
{
    struct grams grams = name_grams(c->arena, name);
    TRY(q_member_grams_delete(c->db, id, NULL));
    for (size_t i = 0; i < grams.n; i++)
        TRY(q_member_gram_insert(c->db, company, grams.p[i], id, NULL));
    return ST_OK;
}

enum status member_move(struct ctx *c, struct member_full *m, struct company_id company, struct day on)
{
    if (company.v == m->company_id.v) return ST_OK;
    if (m->company_id.v) TRY(q_employment_end(c->db, m->id, on, NULL));
    if (company.v) TRY(q_employment_start(c->db, m->id, company, on, NULL));
    TRY(member_index_name(c, m->id, company, m->name));
    m->company_id = company;
    return ST_OK;
}

/* 会员编号: given once, in the year of the approval and not of the day on which it was typed (product.md). */
static enum status number_give(struct ctx *c, struct member_full *m, struct day approved_on)
{
    if (m->number.n) return ST_OK;
    int64_t last;
    TRY(series_member(c, approved_on.year, 1, &last));
    m->number = series_member_text(c, approved_on.year, last);
    return ST_OK;
}

static enum status approve(struct ctx *c, const struct decision *d, const struct member_facts *facts,
                           struct member_full *m, struct refusal *ret)
{
    const struct settings *s = c->settings;
    struct day on = day_is(d->approved_on) ? d->approved_on : c->today;
    struct day recommended_on;
    TRY(batch_joined_on(c, m->id, &recommended_on));
    enum approval_error wrong = approval_date_check(on, recommended_on, c->today);
    if (wrong != APPROVAL_OK) {
        *ret = (struct refusal){MEMBER_APPROVED_ON, str_from(approval_error_text(wrong))};
        return ST_OK;
    }
    struct period_rules rules = {.years = (int)s->period_years, .lapsed_continues = s->lapsed_continues != 0};
    struct period p = period_open(&rules, on, m->period_end);
    struct period_insert_row id;
    TRY(q_period_insert(c->db, c->arena,
                        &(struct period_insert_in){
                            .member = m->id,
                            .kind = facts->stored == STORED_RECOMMENDED_NEW ? STR("new") : STR("renewal"),
                            .start_day = p.first,
                            .end_day = p.last,
                            .approved_on = on,
                            .document_no = str_or_empty(d->document_no),
                            .document_folded = document_no_fold(c->arena, str_or_empty(d->document_no)),
                            .now = c->now_ms,
                        },
                        &id));
    TRY(number_give(c, m, on));
    m->period_end = p.last;
    return batch_decide(c, m->id, STR("approved"));
}

static struct str period_str(struct arena *a, const struct period_full *p)
{
    return arena_fmt(a, "%.*s 至 %.*s", STR_ARG(day_str(a, p->start_day)), STR_ARG(day_str(a, p->end_day)));
}

/* The newest period is voided, the one before is in force again, the person waits in the batch as before. */
static enum status unapprove(struct ctx *c, const struct decision *d, struct member_full *m)
{
    struct period_full last;
    TRY(q_period_last_unscoped(c->db, c->arena, m->id, &last));
    struct str was = period_str(c->arena, &last);
    TRY(q_period_void(c->db, last.id, d->reason, c->now_ms, NULL));
    enum status s = q_period_last_unscoped(c->db, c->arena, m->id, &last);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    m->period_end = s == ST_OK ? last.end_day : DAY_NONE;
    TRY(look_add(c, &(struct look_note){.what = "unapprove",
                                        .member = m->id,
                                        .reason = d->reason,
                                        .before = was,
                                        .after = STR("已撤销")}));
    return batch_undecide(c, m->id);
}

static enum status close(struct ctx *c, const struct decision *d, const struct member_facts *facts,
                         struct member_full *m)
{
    struct period_full last;
    bool waits = facts->stored == STORED_RECOMMENDED_NEW || facts->stored == STORED_RECOMMENDED_RENEWAL;
    if (waits) TRY(batch_leave(c, m->id));
    m->state_before = str_from(member_stored_code(facts->stored));
    enum status s = q_period_last_unscoped(c->db, c->arena, m->id, &last);
    if (s == ST_NOT_FOUND) return ST_OK;
    if (s) return s;
    return q_period_end_early(c->db, last.id, c->today, d->reason, NULL);
}

static enum status reopen(struct ctx *c, const struct member_facts *facts, struct member_full *m)
{
    struct period_full last;
    m->state_before = STR_NONE;
    if (facts->before == STORED_RECOMMENDED_NEW) TRY(batch_join(c, m->company_id, BATCH_NEW, m->id));
    if (facts->before == STORED_RECOMMENDED_RENEWAL) TRY(batch_join(c, m->company_id, BATCH_RENEWAL, m->id));
    enum status s = q_period_last_unscoped(c->db, c->arena, m->id, &last);
    if (s == ST_NOT_FOUND) return ST_OK;
    if (s) return s;
    return q_period_reopen(c->db, last.id, NULL);
}

static enum status side_effects(struct ctx *c, const struct decision *d, const struct member_facts *facts,
                                struct member_full *m, struct refusal *ret)
{
    switch (d->event) {
    case EVENT_REGISTER:
    case EVENT_WITHDRAW:
        return ST_OK;
    case EVENT_RESUBMIT:
        return member_move(c, m, d->company, c->today);
    case EVENT_RECOMMEND:
        return batch_join(c, m->company_id, BATCH_NEW, m->id);
    case EVENT_RECOMMEND_RENEWAL:
        return batch_join(c, m->company_id, BATCH_RENEWAL, m->id);
    case EVENT_UNRECOMMEND:
        return batch_leave(c, m->id);
    case EVENT_RETURN_TO_PERSON:
        if (facts->stored == STORED_RECOMMENDED_NEW) TRY(batch_decide(c, m->id, STR("returned")));
        return d->not_ours ? member_move(c, m, (struct company_id){0}, c->today) : ST_OK;
    case EVENT_RETURN_TO_COMPANY:
        return batch_decide(c, m->id, STR("returned"));
    case EVENT_APPROVE:
        return approve(c, d, facts, m, ret);
    case EVENT_UNAPPROVE:
        return unapprove(c, d, m);
    case EVENT_CLOSE:
        return close(c, d, facts, m);
    case EVENT_REOPEN:
        return reopen(c, facts, m);
    }
    return ST_BROKEN;
}

static enum status save(struct ctx *c, const struct member_full *old, const struct member_full *m)
{
    int64_t rows;
    TRY(q_member_update_state(c->db,
                              &(struct member_update_state_in){
                                  .id = m->id,
                                  .version = m->version,
                                  .state = m->state,
                                  .state_before = m->state_before,
                                  .reason = m->reason,
                                  .company_id = m->company_id,
                                  .period_end = m->period_end,
                                  .number = m->number,
                                  .now = c->now_ms,
                              },
                              &rows));
    if (rows != 1) return someone_was_faster(c, "member_update_state: not held");
    counter_add(c, old->company_id, old->state, old->period_end, -1);
    counter_add(c, m->company_id, m->state, m->period_end, 1);
    return ST_OK;
}

enum status member_effect(struct ctx *c, const struct decision *d, const struct member_facts *facts,
                          enum member_stored to, struct member_full *m, struct refusal *ret)
{
    struct member_full old = *m;
    TRY(side_effects(c, d, facts, m, ret));
    if (ret->why != MEMBER_MAY) return ST_OK;
    m->state = str_from(member_stored_code(to));
    m->state_at = c->now_ms;
    m->reason = str_or_empty(d->reason);
    TRY(save(c, &old, m));
    m->version++;
    return audit_add(c, &(struct audit_note){
                            .event = EVENT_WORDS[d->event],
                            .about = member_subject(m),
                            .company = old.company_id,
                            .shown = true,
                            .note = m->reason,
                            .changes = d->changes ? *d->changes : (struct changes){0},
                        });
}

/* What 撤销批准 does, and without a second recommendation. */
static enum status take_back(struct ctx *c, enum member_event act, const struct outcome_row_full *was,
                             struct member_full *m)
{
    bool waited = !str_eq(was->was_state, str_from(member_stored_code(STORED_SUBMITTED)));
    if (act == EVENT_APPROVE) return unapprove(c, &(struct decision){.reason = STR(UNDONE)}, m);
    if (act == EVENT_RECOMMEND || act == EVENT_RECOMMEND_RENEWAL) return batch_leave(c, m->id);
    if (waited) TRY(batch_undecide(c, m->id));
    if (was->was_company_id.v == m->company_id.v) return ST_OK;
    TRY(q_employment_reopen(c->db, m->id, NULL));
    m->company_id = was->was_company_id;
    return member_index_name(c, m->id, m->company_id, m->name);
}

enum status member_restore(struct ctx *c, enum member_event act, const struct outcome_row_full *was,
                           struct member_full *m)
{
    struct member_full old = *m;
    int64_t rows;
    TRY(take_back(c, act, was, m));
    m->state = was->was_state;
    m->state_at = was->was_state_at;
    m->reason = was->was_reason;
    TRY(q_member_restore(c->db,
                         &(struct member_restore_in){m->id, m->version, m->state, m->state_at, m->reason,
                                                     m->company_id, m->period_end},
                         &rows));
    if (rows != 1) return someone_was_faster(c, "member_restore: not held");
    m->version++;
    counter_add(c, old.company_id, old.state, old.period_end, -1);
    counter_add(c, m->company_id, m->state, m->period_end, 1);
    return audit_add(
        c, &(struct audit_note){.event = "member.undo",
                                .about = member_subject(m),
                                .company = m->company_id,
                                .shown = true,
                                .note = arena_fmt(c->arena, UNDONE "：%s", member_event_label(act))});
}
