#include "app/imports/run.h"

#include "app/imports/check.h"
#include "app/imports/undo.h"
#include "app/imports/write.h"
#include "base/random.h"
#include "gen/queries.h"

#define FORGOTTEN_MS (7 * DAY_MS)

struct str import_node(struct arena *a)
{
    uint8_t random[8];
    random_bytes(random, sizeof random);
    return arena_hex(a, (struct bytes){random, sizeof random});
}

static enum status do_piece(struct ctx *c, const struct import_job *job, struct str node)
{
    switch (job->step) {
    case STEP_CHECK:
        return import_check(c, job, node);
    case STEP_WRITE:
        return import_write(c, job, node);
    case STEP_PICTURES:
        return import_write_pictures(c, job, node);
    case STEP_LOOK:
        return import_look(c, job, node);
    case STEP_REMOVE:
        return import_remove(c, job, node);
    case STEP_CLEAR:
        return import_clear(c, job, node);
    case STEP_NONE:
        break;
    }
    return fail_detail(&c->fault, ST_BROKEN, "a job under way without a step");
}

/* As its row says, and for a while: each piece renews the lease in its own transaction. */
static bool have(const struct ctx *c, const struct import_job *job, struct str node)
{
    return job->state == IMPORT_RUNNING && str_eq(job->row.node, node) &&
           job->row.lease_until > c->now_ms + IMPORT_LEASE_MS / 2;
}

/* Takes the lease where we do not have it; what the row says then. */
static enum status take(struct ctx *c, struct job_id id, struct str node, struct import_job *ret,
                        bool *ret_ours)
{
    struct import_job job;
    bool ours;
    TRY(app_read(c));
    TRY(import_job_load(c, id, &job));
    app_read_end(c);
    ours = have(c, &job, node);
    if (!ours) {
        TRY(app_begin(c));
        TRY(import_job_keep(c, id, node, &job, &ours));
        TRY(app_commit(c));
    }
    *ret = job;
    *ret_ours = ours;
    return ST_OK;
}

/* What cannot be finished is taken back by the same steps as what somebody takes back. */
static enum status give_up(struct ctx *c, struct job_id id, struct str node, struct str why)
{
    struct import_job job;
    bool ours;
    app_rollback(c);
    app_read_end(c);
    TRY(app_begin(c));
    TRY(import_job_keep(c, id, node, &job, &ours));
    enum import_step next = job.step == STEP_CHECK ? STEP_CLEAR : STEP_REMOVE;
    if (ours) TRY(import_job_move(c, &job, IMPORT_RUNNING, next, why));
    if (ours) TRY(import_note(c, "import.fail", &job.row, why));
    return app_commit(c);
}

static bool passes(enum status s, const struct fault *f)
{
    return s == ST_UNAVAILABLE || s == ST_TOO_MANY || f->again;
}

enum status import_piece(struct ctx *c, struct job_id id, struct str node, bool *ret_more)
{
    struct import_job job;
    bool ours;
    *ret_more = false;
    TRY(take(c, id, node, &job, &ours));
    if (!ours) return ST_OK;
    c->actor = (struct actor){.side = SIDE_STAFF, .account = job.row.account_id, .roles = ROLE_MEMBERSHIP};
    enum status s = do_piece(c, &job, node);
    bool may_fail = job.step == STEP_CHECK || job.step == STEP_WRITE || job.step == STEP_PICTURES;
    if (s && may_fail && !passes(s, &c->fault)) {
        struct str why =
            c->fault.text[0] ? arena_str(c->arena, str_from(c->fault.text)) : STR("程序出错，已记录");
        TRY(give_up(c, id, node, why));
        s = ST_OK;
    }
    if (s) return s;
    TRY(app_read(c));
    TRY(import_job_load(c, id, &job));
    app_read_end(c);
    *ret_more = job.state == IMPORT_RUNNING;
    return ST_OK;
}

static enum status give_up_forgotten(struct ctx *c)
{
    struct jobs_forgotten_rows forgotten;
    TRY(q_jobs_forgotten(c->db, c->arena, c->now_ms - FORGOTTEN_MS, 10, &forgotten));
    app_read_end(c);
    if (forgotten.n == 0) return ST_OK;
    TRY(app_begin(c));
    for (size_t i = 0; i < forgotten.n; i++)
        TRY(q_job_ask(c->db, forgotten.p[i].id, STR("checked"), import_step_code(STEP_CLEAR), STR(""), 0,
                      NULL));
    return app_commit(c);
}

enum status import_due(struct ctx *c, struct job_id *ret)
{
    struct jobs_due_rows due;
    TRY(app_read(c));
    TRY(q_jobs_due(c->db, c->arena, STR("running"), c->now_ms, 1, &due));
    if (due.n == 0) TRY(q_jobs_due(c->db, c->arena, STR("waiting"), c->now_ms, 1, &due));
    struct job_id id = due.n ? due.p[0].id : (struct job_id){0};
    TRY(give_up_forgotten(c));
    app_read_end(c);
    *ret = id;
    return ST_OK;
}

static enum status piece_alone(struct ctx *parent, struct job_id id, struct str node, bool *ret_more,
                               struct job_full *ret_row)
{
    struct ctx c;
    struct import_job job = {0};
    struct arena *a = arena_new();
    ctx_init(&c, parent->app, a);
    enum status s = import_piece(&c, id, node, ret_more);
    if (s == ST_OK) s = app_read(&c);
    if (s == ST_OK) s = import_job_load(&c, id, &job);
    *ret_row = (struct job_full){.done = job.row.done, .total = job.row.total};
    parent->fault = c.fault;
    app_end(&c);
    arena_free(a);
    return s;
}

enum status import_run(struct ctx *c, struct job_id id, struct str node, import_progress_fn *progress,
                       void *arg)
{
    struct job_full row;
    for (bool more = true; more;) {
        TRY(piece_alone(c, id, node, &more, &row));
        if (progress) progress(arg, row.done, row.total);
    }
    return ST_OK;
}
