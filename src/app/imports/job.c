#include "app/imports/job.h"

#include "gen/queries.h"

enum status import_may(struct ctx *c)
{
    bool command_line = !c->actor.account.v && c->actor.roles == ROLE_MEMBERSHIP;
    return command_line ? ST_OK : need_role(c, ROLE_MEMBERSHIP);
}

static enum status job_of(struct ctx *c, const struct job_full *row, struct import_job *ret)
{
    struct import_job job = {.row = *row};
    struct str kind = str_sub(row->kind, sizeof "import." - 1, row->kind.n);
    if (!str_starts(row->kind, STR("import.")) || !import_kind_parse(kind, &job.kind)) return not_found(c);
    if (!import_state_parse(row->state, &job.state) || !import_step_parse(row->step, &job.step))
        return fail_detail(&c->fault, ST_BROKEN, "state or step of a job");
    *ret = job;
    return ST_OK;
}

enum status import_job_load(struct ctx *c, struct job_id id, struct import_job *ret)
{
    struct job_full row;
    enum status s = q_job_by_id(c->db, c->arena, id, &row);
    if (s == ST_NOT_FOUND) return not_found(c);
    if (s) return s;
    return job_of(c, &row, ret);
}

enum status import_job_keep(struct ctx *c, struct job_id id, struct str node, struct import_job *ret,
                            bool *ret_ours)
{
    int64_t ours;
    struct import_job job = {0};
    TRY(q_job_take(c->db, id, node, c->now_ms, c->now_ms + IMPORT_LEASE_MS, &ours));
    if (ours) TRY(import_job_load(c, id, &job));
    *ret = job;
    *ret_ours = ours == 1;
    return ST_OK;
}

enum status import_job_progress(struct ctx *c, const struct job_full *row)
{
    return q_job_progress(
        c->db, &(struct job_progress_in){row->id, row->behind, row->done, row->total, row->good, row->bad},
        NULL);
}

enum status import_job_move(struct ctx *c, const struct import_job *job, enum import_state state,
                            enum import_step step, struct str why)
{
    int64_t done = step == STEP_NONE ? job->row.done : 0;
    return q_job_move(c->db, job->row.id, import_state_code(state), import_step_code(step), done, why, NULL);
}

enum status import_note(struct ctx *c, const char *event, const struct job_full *row, struct str note)
{
    struct str told =
        arena_fmt(c->arena, "第 %ld 号%s%.*s", (long)row->id.v, note.n ? "：" : "", STR_ARG(note));
    return audit_add(c, &(struct audit_note){.event = event, .note = told});
}
