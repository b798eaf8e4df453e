#include "app/members/merge.h"

#include "app/companies/companies.h"
#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/once.h"
#include "app/core/settings.h"
#include "app/members/effects.h"
#include "app/members/load.h"
#include "domain/fold.h"
#include "domain/typed_day.h"
#include "gen/queries.h"

#define EVENT "company.merge"

static enum status read_company(struct ctx *c, const char *field, struct str typed, struct company_full *ret)
{
    int64_t id = 0;
    enum status s = ST_NOT_FOUND;
    if (str_int(str_trim(typed), &id) && id > 0)
        s = q_company_by_id_unscoped(c->db, c->arena, (struct company_id){id}, ret);
    if (s == ST_NOT_FOUND) problem_add(&c->problems, field, "请选择单位");
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static void check_both(struct ctx *c, const struct merge *m)
{
    struct problems *ps = &c->problems;
    if (m->from.id.v && m->from.id.v == m->into.id.v)
        problem_add(ps, "into", "不能并入自己，请选择另一个单位");
    if (m->from.direct) problem_add(ps, "from", "协会直管不能并入别的单位");
    if (m->from.merged_into.v) problem_add(ps, "from", "这个单位已经并入另一个单位");
    if (m->into.direct) problem_add(ps, "into", "不能并入协会直管，请选择一个单位");
    if (m->into.id.v && !m->into.enabled) problem_add(ps, "into", "这个单位已停用，不能并入");
}

static void check_day(struct ctx *c, struct str typed, struct day *ret)
{
    if (!str_trim(typed).n)
        problem_add(&c->problems, "effective_on", "请填写从哪一天起合并");
    else if (!typed_day(typed, ret))
        problem_add(&c->problems, "effective_on", "没有这样的日期，" TYPED_DAY_HOW);
    else if (day_cmp(*ret, c->today) > 0)
        problem_add(&c->problems, "effective_on", "合并日期不能晚于今天");
}

static enum status count(struct ctx *c, struct merge *m)
{
    struct member_counts counts;
    struct company_clerks_unscoped_rows clerks;
    TRY(member_counts_read(c, m->from.id, &counts));
    TRY(q_company_clerks_unscoped(c->db, c->arena, m->from.id, &clerks));
    m->people = counts.of[STATE_NONE]; /* 全部 */
    m->waiting = counts.of[STATE_RECOMMENDED_NEW] + counts.of[STATE_RECOMMENDED_RENEWAL];
    m->clerks = (int64_t)clerks.n;
    return ST_OK;
}

static enum status check(struct ctx *c, const struct merge_asked *in, struct merge *ret)
{
    struct merge m = {0};
    TRY(read_company(c, "from", in->from, &m.from));
    TRY(read_company(c, "into", in->into, &m.into));
    check_both(c, &m);
    check_day(c, in->effective_on, &m.on);
    TRY(problems_status(c));
    *ret = m;
    return ST_OK;
}

enum status app_company_merge_preview(struct ctx *c, const struct merge_asked *in, struct merge *ret)
{
    struct merge m = {0};
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_read(c));
    TRY(check(c, in, &m));
    TRY(count(c, &m));
    *ret = m;
    return ST_OK;
}

static enum status people_of(struct ctx *c, struct company_id company,
                             struct company_people_unscoped_rows *ret)
{
    TRY(q_company_people_unscoped(c->db, c->arena, company, c->settings->batch_rows + 1, ret));
    if ((int64_t)ret->n > c->settings->batch_rows)
        return fail(&c->fault, ST_BAD_INPUT, "一次最多处理 %ld 人，请先分批改他们的工作单位",
                    (long)c->settings->batch_rows);
    return ST_OK;
}

static enum status hold_both(struct ctx *c, struct company_id a, struct company_id b)
{
    struct company_id ids[] = {a.v < b.v ? a : b, a.v < b.v ? b : a};
    return hold_companies(c, ids, 2);
}

/* People, then both companies; nobody came to the first one meanwhile. */
static enum status hold_all(struct ctx *c, const struct merge *m, struct company_people_unscoped_rows *ret)
{
    struct company_people_unscoped_rows again;
    TRY(people_of(c, m->from.id, ret));
    struct member_id *ids = ARENA_ARRAY(c->arena, ret->n, struct member_id);
    for (size_t i = 0; i < ret->n; i++)
        ids[i] = ret->p[i].id;
    TRY(hold_members(c, ids, ret->n));
    TRY(hold_both(c, m->from.id, m->into.id));
    TRY(people_of(c, m->from.id, &again));
    bool same = again.n == ret->n;
    for (size_t i = 0; i < again.n && same; i++)
        same = again.p[i].id.v == ret->p[i].id.v;
    return same ? ST_OK : someone_was_faster(c, "company_people: somebody came or went");
}

/* Not before they came to the first. */
static enum status day_of(struct ctx *c, struct member_id id, struct day on, struct day *ret)
{
    struct employment_now_unscoped_row now;
    enum status s = q_employment_now_unscoped(c->db, c->arena, id, &now);
    *ret = s == ST_OK && day_cmp(now.from_day, on) > 0 ? now.from_day : on;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status put_company(struct ctx *c, struct company_id before, struct member_full *m)
{
    int64_t rows;
    TRY(q_member_set_company(c->db, m->id, m->version, m->company_id, &rows));
    if (rows != 1) return someone_was_faster(c, "member_set_company: not held");
    m->version++;
    counter_add(c, before, m->state, m->period_end, -1);
    counter_add(c, m->company_id, m->state, m->period_end, 1);
    return ST_OK;
}

static enum status note_person(struct ctx *c, const struct member_full *m, struct company_id company,
                               struct change change)
{
    struct changes changes = {.p = &change, .n = 1};
    return audit_add(c, &(struct audit_note){.event = "member.merged",
                                             .about = member_subject(m),
                                             .company = company,
                                             .shown = true,
                                             .changes = changes});
}

static enum status move_person(struct ctx *c, const struct merge *merge, struct member_id id,
                               struct outcome *o)
{
    struct member_full m;
    struct day on;
    TRY(q_member_by_id_unscoped(c->db, c->arena, id, &m));
    struct member_full was = m;
    TRY(day_of(c, id, merge->on, &on));
    TRY(member_move(c, &m, merge->into.id, on));
    TRY(put_company(c, was.company_id, &m));
    outcome_done(c, o, &was, &m);
    return note_person(c, &m, was.company_id,
                       (struct change){STR("工作单位"), merge->from.name, merge->into.name});
}

/* The first one's names are former names of the second. */
static enum status take_names(struct ctx *c, const struct merge *m)
{
    struct company_names_of_rows names;
    TRY(q_company_names_of(c->db, c->arena, m->from.id, &names));
    for (size_t i = 0; i < names.n; i++) {
        struct str name = names.p[i].name;
        TRY(q_company_name_take(c->db,
                                &(struct company_name_take_in){m->into.id, name, name_fold(c->arena, name),
                                                               search_fold(c->arena, name),
                                                               names.p[i].from_day, m->on, m->from.id},
                                NULL));
        TRY(company_index_name(c, m->into.id, name));
    }
    return ST_OK;
}

/* They are clerks of the second, the main one as one of several, who still logs in by the first one's name.
 */
static enum status take_clerks(struct ctx *c, const struct merge *m)
{
    struct company_clerks_unscoped_rows clerks;
    TRY(q_company_clerks_unscoped(c->db, c->arena, m->from.id, &clerks));
    struct account_id *ids = ARENA_ARRAY(c->arena, clerks.n, struct account_id);
    for (size_t i = 0; i < clerks.n; i++)
        ids[i] = clerks.p[i].id;
    TRY(hold_accounts(c, ids, clerks.n));
    TRY(q_sessions_delete_of_company(c->db, m->from.id, NULL));
    return q_company_clerks_take(c->db, m->from.id, m->into.id, NULL);
}

static enum status note_company(struct ctx *c, struct company_id company, const char *how, struct str other)
{
    return audit_add(c, &(struct audit_note){.event = EVENT,
                                             .company = company,
                                             .note = arena_fmt(c->arena, "%s%.*s", how, STR_ARG(other))});
}

static enum status merge_all(struct ctx *c, const struct merge *m, struct str token, struct outcome *o)
{
    struct company_people_unscoped_rows people;
    TRY(hold_all(c, m, &people));
    for (size_t i = 0; i < people.n; i++)
        TRY(move_person(c, m, people.p[i].id, o));
    TRY(q_batches_close_of(c->db, m->from.id, STR("merged"), c->now_ms, NULL));
    TRY(take_names(c, m));
    TRY(take_clerks(c, m));
    TRY(q_company_merge_into(c->db, m->from.id, m->into.id, NULL));
    TRY(q_company_merge_insert(
        c->db,
        &(struct company_merge_insert_in){token, m->from.id, m->into.id, m->on, m->from.enabled, c->now_ms},
        NULL));
    TRY(note_company(c, m->from.id, "并入 ", m->into.name));
    return note_company(c, m->into.id, "并入了 ", m->from.name);
}

enum status app_company_merge(struct ctx *c, const struct merge_asked *in, struct str once,
                              struct str *ret_token)
{
    struct merge m;
    struct outcome o = {.kind = OUTCOME_MERGE};
    struct str token = once_token(c), earlier;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_begin(c));
    TRY(once_take(c, once, token, &earlier));
    if (earlier.n) {
        app_rollback(c);
        *ret_token = earlier;
        return ST_OK;
    }
    TRY(check(c, in, &m));
    TRY(merge_all(c, &m, token, &o));
    TRY(outcome_save(c, &o, token));
    TRY(app_commit(c));
    *ret_token = token;
    return ST_OK;
}

enum status merge_take_back(struct ctx *c, struct str token, struct company_merge_full *ret)
{
    struct company_full into;
    TRY(q_company_merge_of(c->db, c->arena, token, ret));
    TRY(hold_both(c, ret->from_company, ret->into_company));
    TRY(q_company_by_id_unscoped(c->db, c->arena, ret->into_company, &into));
    if (into.merged_into.v) return fail(&c->fault, ST_CONFLICT, "接收的单位之后又并入了别的单位，不能再撤销");
    TRY(q_sessions_delete_of_company(c->db, ret->into_company, NULL));
    TRY(q_company_clerks_give_back(c->db, ret->from_company, NULL));
    TRY(q_company_names_give_back(c->db, ret->from_company, ret->into_company, NULL));
    TRY(q_company_unmerge(c->db, ret->from_company, ret->from_enabled, NULL));
    TRY(note_company(c, ret->from_company, "撤销合并，恢复为单独的单位", STR("")));
    return note_company(c, ret->into_company, "撤销合并", STR(""));
}

enum status merge_restore(struct ctx *c, const struct company_merge_full *merge, struct member_full *m)
{
    struct company_id before = m->company_id;
    struct company_name_now_unscoped_row was, now;
    TRY(q_company_name_now_unscoped(c->db, c->arena, before, &was));
    TRY(q_company_name_now_unscoped(c->db, c->arena, merge->from_company, &now));
    TRY(q_employment_drop(c->db, m->id, NULL));
    TRY(q_employment_reopen(c->db, m->id, NULL));
    m->company_id = merge->from_company;
    TRY(member_index_name(c, m->id, m->company_id, m->name));
    TRY(put_company(c, before, m));
    return note_person(c, m, before, (struct change){STR("工作单位"), was.name, now.name});
}
