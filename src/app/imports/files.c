#include "app/imports/files.h"

#include "app/core/files.h"
#include "app/core/temporary.h"
#include "app/imports/errors.h"
#include "app/imports/template.h"
#include "gen/queries.h"

#define ROWS_AT_ONCE 200

enum status app_import_template(struct ctx *c, enum import_kind kind, struct import_file *ret)
{
    struct temporary *t;
    struct bytes bytes;
    TRY(import_may(c));
    TRY(app_read(c));
    TRY(temporary_make(c, "template", &t));
    TRY(import_template(c->arena, &c->fault, kind, t->path.p));
    TRY(file_map(c->arena, &c->fault, t->path.p, &bytes));
    temporary_remove(t);
    *ret = (struct import_file){arena_fmt(c->arena, "%s导入模板.xlsx", import_kind_label(kind)), bytes};
    return ST_OK;
}

/* The sheet is read once more; beside it the wrong rows go along, in the same order. */
struct telling {
    struct ctx *c;
    const struct import_job *job;
    const char *path;
    struct import_errors *errors; /* from the first row on */
    struct import_row_fulls wrong;
    size_t at;
    struct arena *some; /* wrong ones in memory */
};

static enum status next_wrong(struct telling *t, int64_t row, const struct import_row_full **ret)
{
    *ret = NULL;
    while (t->at < t->wrong.n && t->wrong.p[t->at].row < row)
        t->at++;
    if (t->at == t->wrong.n) {
        arena_reset(t->some);
        TRY(q_import_rows_of(t->c->db, t->some, t->job->row.id, STR("bad"), row - 1, ROWS_AT_ONCE,
                             &t->wrong));
        t->at = 0;
    }
    if (t->at < t->wrong.n && t->wrong.p[t->at].row == row) *ret = &t->wrong.p[t->at];
    return ST_OK;
}

static enum status tell_row(void *telling, struct arena *a, const struct import_row *row)
{
    struct telling *t = telling;
    const struct import_row_full *wrong;
    struct import_row staged;
    struct ctx piece = *t->c;
    piece.arena = a;
    if (!t->errors) TRY(import_errors_begin(t->c->arena, &t->c->fault, t->path, row->sheet, &t->errors));
    TRY(next_wrong(t, row->row, &wrong));
    if (!wrong) return ST_OK;
    TRY(staged_open(&piece, &t->job->row, t->job->kind, row->row, wrong->fields_sealed, &staged));
    return import_errors_row(t->errors, &t->c->fault, row,
                             staged_reason(&piece, t->job->kind, &staged, IMPORT_REFUSED));
}

static enum status write_errors(struct ctx *c, const struct import_job *job, const char *path)
{
    struct bytes sheet;
    struct import_summary summary;
    struct telling t = {.c = c, .job = job, .path = path, .some = arena_child(c->arena)};
    if (!job->row.file_id.v) return not_found(c);
    TRY(file_read(c, job->row.file_id, &sheet));
    TRY(import_read(c->arena, &c->fault, job->kind, sheet, c->today, tell_row, &t, &summary));
    return import_errors_end(t.errors, &c->fault);
}

enum status app_import_errors(struct ctx *c, struct job_id id, struct import_file *ret)
{
    struct import_job job;
    struct temporary *t;
    struct bytes bytes;
    TRY(import_may(c));
    TRY(app_read(c));
    TRY(import_job_load(c, id, &job));
    if (job.state != IMPORT_CHECKED) return not_found(c);
    TRY(temporary_make(c, "errors", &t));
    TRY(write_errors(c, &job, t->path.p));
    TRY(file_map(c->arena, &c->fault, t->path.p, &bytes));
    temporary_remove(t);
    app_read_end(c);
    TRY(app_begin(c));
    TRY(import_note(c, "import.errors", &job.row, STR("")));
    TRY(app_commit(c));
    *ret = (struct import_file){arena_fmt(c->arena, "导入_%ld_错误原因.xlsx", (long)id.v), bytes};
    return ST_OK;
}
