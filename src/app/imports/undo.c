#include "app/imports/undo.h"

#include "app/core/files.h"
#include "app/imports/membership.h"
#include "gen/queries.h"

#define LOOKED_AT 100 /* rows of a piece that only looks */
#define ALL_ROWS  INT64_MAX

static const char *const NEWER = "第 %ld 行导入的人员，之后又有办理或登录，不能撤销";

/* Of the rows behind `behind`, up to `upto`. */
static enum status rows_newer(struct ctx *c, const struct import_job *job, int64_t behind, int64_t upto,
                              struct str *ret_why)
{
    struct import_members_newer_rows members = {0};
    struct import_memberships_newer_rows memberships = {0};
    if (job->kind == IMPORT_MEMBER)
        TRY(q_import_members_newer(c->db, c->arena, job->row.id, behind, upto, 1, &members));
    if (job->kind == IMPORT_PERIOD)
        TRY(q_import_memberships_newer(c->db, c->arena, job->row.id, behind, upto, 1, &memberships));
    int64_t row = members.n ? members.p[0].row : memberships.n ? memberships.p[0].row : 0;
    *ret_why = row ? arena_fmt(c->arena, NEWER, (long)row) : STR_NONE;
    return ST_OK;
}

static enum status companies_newer(struct ctx *c, const struct import_job *job, struct str *ret_why)
{
    struct import_companies_newer_rows companies;
    struct company_name_now_unscoped_row company = {STR("")};
    *ret_why = STR_NONE;
    TRY(q_import_companies_newer(c->db, c->arena, job->row.id, 1, &companies));
    if (companies.n == 0) return ST_OK;
    enum status s = q_company_name_now_unscoped(c->db, c->arena, companies.p[0].id, &company);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret_why =
        arena_fmt(c->arena, "导入的单位%.*s之后又有人员、账号或资料变动，不能撤销", STR_ARG(company.name));
    return ST_OK;
}

enum status import_newer(struct ctx *c, const struct import_job *job, struct str *ret_why)
{
    struct str why;
    TRY(rows_newer(c, job, 0, ALL_ROWS, &why));
    if (!why.n) TRY(companies_newer(c, job, &why));
    *ret_why = why;
    return ST_OK;
}

enum status import_hide(struct ctx *c, const struct import_job *job)
{
    TRY(q_job_hide(c->db, job->row.id, NULL));
    return q_counters_without_import(c->db, job->row.id, NULL);
}

/* A piece in its transaction: what it does with the job as held. */
typedef enum status piece_fn(struct ctx *c, struct import_job *job);

static enum status held(struct ctx *c, const struct import_job *seen, struct str node, piece_fn *piece)
{
    struct import_job job;
    bool ours;
    TRY(app_begin(c));
    TRY(import_job_keep(c, seen->row.id, node, &job, &ours));
    if (!ours || job.step != seen->step) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(piece(c, &job));
    return app_commit(c);
}

/* Somebody was faster than the hiding: it stands. */
static enum status show_again(struct ctx *c, const struct import_job *job, struct str why)
{
    TRY(q_counters_with_import(c->db, job->row.id, NULL));
    TRY(q_job_show(c->db, job->row.id, NULL));
    TRY(import_note(c, "import.undo_refused", &job->row, why));
    return import_job_move(c, job, IMPORT_COMMITTED, STEP_NONE, why);
}

static enum status look_piece(struct ctx *c, struct import_job *job)
{
    struct import_rows_behind_rows rows;
    struct str why;
    TRY(q_import_rows_behind(c->db, c->arena, job->row.id, job->row.behind, LOOKED_AT, &rows));
    int64_t upto = rows.n ? rows.p[rows.n - 1].row : 0;
    if (rows.n)
        TRY(rows_newer(c, job, job->row.behind, upto, &why));
    else
        TRY(companies_newer(c, job, &why));
    if (why.n) return show_again(c, job, why);
    if (rows.n == 0) return import_job_move(c, job, IMPORT_RUNNING, STEP_REMOVE, STR(""));
    job->row.behind = upto;
    return import_job_progress(c, &job->row);
}

enum status import_look(struct ctx *c, const struct import_job *job, struct str node)
{
    return held(c, job, node, look_piece);
}

static enum status remove_person(struct ctx *c, const struct import_job *job,
                                 const struct import_row_full *row)
{
    struct member_id id = row->member_id;
    struct import_member_photo_unscoped_row photo;
    TRY(q_member_grams_delete(c->db, id, NULL));
    TRY(q_import_member_account_delete(c->db, id, NULL));
    TRY(q_import_member_employment_delete(c->db, id, NULL));
    TRY(q_import_member_period_delete(c->db, id, job->row.id, NULL));
    TRY(q_import_member_photo_unscoped(c->db, c->arena, id, &photo));
    TRY(q_import_member_delete(c->db, id, job->row.id, NULL));
    TRY(file_release(c, photo.photo_id));
    return q_import_row_written(c->db, &(struct import_row_written_in){.job = job->row.id, .row = row->row},
                                NULL);
}

static enum status remove_row(struct ctx *c, const struct import_job *job, const struct import_row_full *row)
{
    if (job->kind == IMPORT_PERIOD)
        return row->period_id.v ? import_membership_back(c, &job->row, row) : ST_OK;
    return job->kind == IMPORT_MEMBER && row->member_id.v ? remove_person(c, job, row) : ST_OK;
}

/* Behind everybody who works there. */
static enum status remove_companies(struct ctx *c, const struct import_job *job, bool *ret_over)
{
    struct import_companies_made_rows made;
    TRY(q_import_companies_made(c->db, c->arena, job->row.id, IMPORT_ROWS, &made));
    for (size_t i = 0; i < made.n; i++) {
        struct company_id id = made.p[i].id;
        TRY(q_import_company_forget_made(c->db, id, job->row.id, NULL));
        TRY(q_import_company_account_delete(c->db, id, NULL));
        TRY(q_import_company_names_delete(c->db, id, NULL));
        TRY(q_import_company_grams_delete(c->db, id, NULL));
        TRY(q_import_company_delete(c->db, id, job->row.id, NULL));
    }
    *ret_over = made.n == 0;
    return ST_OK;
}

/* behind: the last row that was taken out; they go from the sheet's end to its beginning. */
static enum status remove_piece(struct ctx *c, struct import_job *job)
{
    struct import_row_fulls rows;
    bool over = false;
    int64_t above = job->row.behind ? job->row.behind : ALL_ROWS;
    TRY(q_import_rows_written(c->db, c->arena, job->row.id, above, IMPORT_ROWS, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(remove_row(c, job, &rows.p[i]));
    if (rows.n == 0) TRY(remove_companies(c, job, &over));
    if (over) return import_job_move(c, job, IMPORT_RUNNING, STEP_CLEAR, job->row.why);
    if (rows.n) job->row.behind = rows.p[rows.n - 1].row;
    job->row.done += (int64_t)rows.n;
    return import_job_progress(c, &job->row);
}

enum status import_remove(struct ctx *c, const struct import_job *job, struct str node)
{
    return held(c, job, node, remove_piece);
}

static enum status end(struct ctx *c, const struct import_job *job)
{
    bool failed = job->row.why.n > 0;
    struct job_id id = job->row.id;
    TRY(q_import_companies_delete(c->db, id, NULL));
    TRY(q_counters_tidy(c->db, id, NULL));
    TRY(q_import_counts_delete(c->db, id, NULL));
    TRY(q_job_show(c->db, id, NULL));
    TRY(q_job_files_drop(c->db, id, NULL));
    TRY(file_release(c, job->row.file_id));
    TRY(file_release(c, job->row.photos_id));
    TRY(import_note(c, failed ? "import.failed" : "import.undone", &job->row, job->row.why));
    return import_job_move(c, job, failed ? IMPORT_FAILED : IMPORT_UNDONE, STEP_NONE, job->row.why);
}

static enum status clear_piece(struct ctx *c, struct import_job *job)
{
    struct import_rows_behind_rows rows;
    TRY(q_import_rows_behind(c->db, c->arena, job->row.id, 0, LOOKED_AT, &rows));
    if (rows.n == 0) return end(c, job);
    TRY(q_import_rows_delete(c->db, job->row.id, rows.p[rows.n - 1].row, NULL));
    return import_job_progress(c, &job->row);
}

enum status import_clear(struct ctx *c, const struct import_job *job, struct str node)
{
    return held(c, job, node, clear_piece);
}
