#include "app/imports/judge_period.h"

#include "app/imports/person.h"
#include "gen/queries.h"

#define ROWS_OF_ONE 50 /* of a sheet about one person: looked at, from the first on */

struct days {
    struct day start, end;
};

bool import_may_have_period(enum member_stored stored)
{
    return stored == STORED_APPROVED || stored == STORED_SUBMITTED || stored == STORED_RECOMMENDED_RENEWAL;
}

static bool overlap(struct days a, struct days b)
{
    return day_cmp(a.start, b.end) <= 0 && day_cmp(b.start, a.end) <= 0;
}

static void refuse_overlap(struct ctx *c, struct import_row *row, struct str with, struct days d)
{
    staged_find(c->arena, row, "period_start", "overlap", IMPORT_REFUSED,
                arena_fmt(c->arena, "与%.*s的会员期（%.*s 至 %.*s）重叠，请核对", STR_ARG(with),
                          STR_ARG(day_str(c->arena, d.start)), STR_ARG(day_str(c->arena, d.end))));
}

/* What was voided never was; what ended early leaves the days behind it free. */
static bool is_taken(const struct period_full *p, struct days mine, struct days *ret)
{
    *ret = (struct days){p->start_day, day_is(p->ended_on) ? p->ended_on : p->end_day};
    return !p->voided_at && overlap(mine, *ret);
}

static enum status compare_register(struct ctx *c, struct import_row *row, struct days mine,
                                    struct member_id member, bool *ret_known)
{
    struct period_fulls had;
    TRY(q_periods_of_unscoped(c->db, c->arena, member, &had));
    for (size_t i = 0; i < had.n; i++) {
        const struct period_full *p = &had.p[i];
        struct days d;
        if (!is_taken(p, mine, &d)) continue;
        bool same = !day_cmp(mine.start, p->start_day) && !day_cmp(mine.end, p->end_day);
        *ret_known |= same;
        if (!same) refuse_overlap(c, row, STR("在册"), d);
    }
    return ST_OK;
}

static enum status compare_sheet(struct ctx *c, const struct job_full *job, struct import_row *row,
                                 struct days mine, struct member_id member)
{
    struct import_rows_of_member_unscoped_rows before;
    struct import_period_insert_in there;
    struct import_row staged;
    TRY(q_import_rows_of_member_unscoped(c->db, c->arena, job->id, member, ROWS_OF_ONE, &before));
    for (size_t i = 0; i < before.n; i++) {
        TRY(staged_open(c, job, IMPORT_PERIOD, before.p[i].row, before.p[i].fields_sealed, &staged));
        if (!imported_period_of(c, IMPORT_PERIOD, &staged, &there)) continue;
        struct days d = {there.start_day, there.end_day};
        struct str with = arena_fmt(c->arena, "表中第 %ld 行", (long)before.p[i].row);
        if (overlap(mine, d)) refuse_overlap(c, row, with, d);
    }
    return ST_OK;
}

static enum status tell_paid(struct ctx *c, struct import_row *row, struct member_id member)
{
    int64_t years;
    struct member_paid_years_unscoped_row there;
    TRY(q_member_paid_years_unscoped(c->db, c->arena, member, &there));
    if (str_int(import_value(IMPORT_PERIOD, row, "paid_years"), &years) && years != there.n)
        staged_find(c->arena, row, "paid_years", "other_paid", IMPORT_OPEN,
                    arena_fmt(c->arena, "这个会员期已经在册；在册的已缴年数是 %ld，没有改动", (long)there.n));
    return ST_OK;
}

enum status import_judge_period(struct ctx *c, const struct job_full *job, struct import_row *row,
                                struct member_id member, bool *ret_known)
{
    struct member_full m;
    enum member_stored stored;
    struct import_period_insert_in period;
    *ret_known = false;
    TRY(q_member_by_id_unscoped(c->db, c->arena, member, &m));
    if (!member_stored_parse(m.state, &stored)) return fail_detail(&c->fault, ST_BROKEN, "state of a member");
    if (!import_may_have_period(stored))
        staged_find(c->arena, row, "id_number", "wrong_state", IMPORT_REFUSED,
                    STR("已经注销、退回或正在等待审核，不能导入会员期"));
    if (row->refused || !imported_period_of(c, IMPORT_PERIOD, row, &period)) return ST_OK;
    struct days mine = {period.start_day, period.end_day};
    TRY(compare_register(c, row, mine, member, ret_known));
    if (row->refused) return ST_OK;
    return *ret_known ? tell_paid(c, row, member) : compare_sheet(c, job, row, mine, member);
}

enum status import_period_free(struct ctx *c, struct member_id member, struct day start, struct day end)
{
    struct period_fulls had;
    struct days d;
    TRY(q_periods_of_unscoped(c->db, c->arena, member, &had));
    for (size_t i = 0; i < had.n; i++)
        if (is_taken(&had.p[i], (struct days){start, end}, &d))
            return fail(&c->fault, ST_CONFLICT, "核对之后有人的会员期有了变动，与表中的重叠，请重新上传核对");
    return ST_OK;
}
