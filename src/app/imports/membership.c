#include "app/imports/membership.h"

#include "app/core/hold.h"
#include "app/imports/judge_period.h"
#include "app/imports/person.h"
#include "domain/member.h"

static enum status hold(struct ctx *c, struct member_id id, struct member_full *ret,
                        enum member_stored *ret_stored)
{
    TRY(hold_members(c, &id, 1));
    TRY(q_member_by_id_unscoped(c->db, c->arena, id, ret));
    if (!member_stored_parse(ret->state, ret_stored))
        return fail_detail(&c->fault, ST_BROKEN, "state of a member");
    if (import_may_have_period(*ret_stored)) return ST_OK;
    return fail(&c->fault, ST_CONFLICT,
                "表中有人已经注销、退回或正在等待审核，不能导入会员期，请核对后重新上传");
}

static enum status save(struct ctx *c, const struct member_full *m, struct str state, struct day end,
                        int64_t paid_years, int by)
{
    int64_t rows;
    TRY(q_import_member_set_membership(
        c->db, &(struct import_member_set_membership_in){m->id, m->version, state, end, paid_years, by},
        &rows));
    if (rows != 1) return someone_was_faster(c, "import of a membership: not held");
    counter_add(c, m->company_id, m->state, m->period_end, -1);
    counter_add(c, m->company_id, state, end, 1);
    return ST_OK;
}

static struct subject subject_of(const struct member_full *m)
{
    return (struct subject){m->id, m->uid, m->data_key_sealed};
}

enum status import_membership(struct ctx *c, const struct job_full *job, const struct import_row_full *row,
                              const struct import_row *staged)
{
    struct member_full m;
    enum member_stored stored;
    struct import_period_insert_row made;
    struct member_paid_years_unscoped_row paid;
    struct import_period_insert_in period;
    TRY(hold(c, row->member_id, &m, &stored));
    TRY(q_member_paid_years_unscoped(c->db, c->arena, m.id, &paid));
    if (!imported_period_of(c, IMPORT_PERIOD, staged, &period))
        return fail_detail(&c->fault, ST_BROKEN, "no period");
    TRY(import_period_free(c, m.id, period.start_day, period.end_day));
    period.job = job->id;
    period.member = m.id;
    if (day_is(m.period_end)) period.kind = STR("renewal");
    TRY(q_import_period_insert(c->db, c->arena, &period, &made));
    struct day end = day_cmp(period.end_day, m.period_end) > 0 ? period.end_day : m.period_end;
    int64_t paid_years = paid.n;
    str_int(import_value(IMPORT_PERIOD, staged, "paid_years"), &paid_years);
    bool waits = stored == STORED_SUBMITTED;
    TRY(save(c, &m, waits ? STR("approved") : m.state, end, paid_years, 1));
    TRY(q_import_row_membership(
        c->db, &(struct import_row_membership_in){job->id, row->row, made.id, m.state, paid.n, m.version + 1},
        NULL));
    return audit_add(c, &(struct audit_note){.event = "member.import_period",
                                             .about = subject_of(&m),
                                             .company = m.company_id,
                                             .shown = true,
                                             .note = arena_fmt(c->arena, "导入第 %ld 号", (long)job->id.v)});
}

enum status import_membership_back(struct ctx *c, const struct job_full *job,
                                   const struct import_row_full *row)
{
    struct member_full m;
    struct period_full last;
    TRY(hold_members(c, &row->member_id, 1));
    TRY(q_member_by_id_unscoped(c->db, c->arena, row->member_id, &m));
    TRY(q_import_period_delete(c->db, row->period_id, job->id, NULL));
    enum status s = q_period_last_unscoped(c->db, c->arena, m.id, &last);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    TRY(save(c, &m, row->state_before, s == ST_OK ? last.end_day : DAY_NONE, row->paid_before, -1));
    return audit_add(c, &(struct audit_note){.event = "member.import_period_undone",
                                             .about = subject_of(&m),
                                             .company = m.company_id,
                                             .shown = true,
                                             .note = arena_fmt(c->arena, "导入第 %ld 号", (long)job->id.v)});
}
