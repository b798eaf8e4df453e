#include "app/imports/check.h"

#include "app/core/files.h"
#include "app/imports/judge.h"
#include "app/imports/pictures.h"
#include "gen/queries.h"

#include <string.h>

struct staged_rows {
    LIST(struct import_row);
};

/* What is under way while the sheet is read. The rows of a transaction live in `batch`. */
struct checking {
    struct ctx *c;
    struct job_id id;
    enum import_kind kind;
    struct str node;
    int64_t behind; /* kept by an earlier run */
    struct arena *batch;
    struct staged_rows rows;
    bool lost; /* another node has the lease */
};

/* The sheet says something twice that is somebody's alone: the later row is wrong. */
static enum status find_repeated(struct ctx *c, const struct job_full *job, enum import_kind kind,
                                 struct import_row *row, struct judged *j)
{
    struct import_row_like_rows like;
    TRY(q_import_row_like(c->db, c->arena, job->id, j->key_index, j->second_index, 2, &like));
    for (size_t i = 0; i < like.n; i++) {
        const char *key = kind == IMPORT_COMPANY ? "name" : "id_number";
        const char *second = kind == IMPORT_COMPANY ? "credit_code" : "number";
        staged_find(c->arena, row, like.p[i].by_key ? key : second, "repeated", IMPORT_REFUSED,
                    arena_fmt(c->arena, "与第 %ld 行重复", (long)like.p[i].row));
    }
    *j = (struct judged){.verdict = "bad"};
    return ST_OK;
}

static enum status insert(struct ctx *c, const struct job_full *job, enum import_kind kind,
                          const struct import_row *row, const struct judged *j, int64_t *ret_rows)
{
    bool good = !row->refused;
    const char *open = "";
    if (good && row->open)
        open = staged_finding(row, IMPORT_OPEN)->code;
    else if (row->incomplete && strcmp(j->verdict, "new") == 0)
        open = "missing";
    return q_import_row_insert(c->db,
                               &(struct import_row_insert_in){
                                   .job = job->id,
                                   .row = row->row,
                                   .key_index = j->key_index,
                                   .second_index = j->second_index,
                                   .verdict = str_from(j->verdict),
                                   .open = str_from(open),
                                   .fields_sealed = staged_seal(c, job, kind, row),
                                   .import_company = j->proposed,
                                   .company = j->company,
                                   .member = j->member,
                               },
                               ret_rows);
}

static enum status keep_row(struct ctx *c, struct job_full *job, enum import_kind kind,
                            struct import_row *row)
{
    struct judged j;
    int64_t rows;
    TRY(import_judge(c, job, kind, row, &j));
    TRY(insert(c, job, kind, row, &j, &rows));
    if (rows == 0) {
        TRY(find_repeated(c, job, kind, row, &j));
        TRY(insert(c, job, kind, row, &j, &rows));
    }
    job->total++;
    job->done++;
    job->good += !row->refused;
    job->bad += row->refused;
    job->behind = row->row;
    return ST_OK;
}

static enum status keep_rows(struct ctx *c, struct checking *k)
{
    struct import_job job;
    bool ours;
    TRY(app_begin(c));
    TRY(import_job_keep(c, k->id, k->node, &job, &ours));
    k->lost = !ours || job.step != STEP_CHECK;
    for (size_t i = 0; i < k->rows.n && !k->lost; i++)
        if ((int64_t)k->rows.p[i].row > job.row.behind) TRY(keep_row(c, &job.row, k->kind, &k->rows.p[i]));
    if (k->lost) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(import_job_progress(c, &job.row));
    return app_commit(c);
}

/* In a transaction of their own, with memory of their own. */
static enum status flush(struct checking *k)
{
    struct ctx c;
    if (k->rows.n == 0 || k->lost) return ST_OK;
    ctx_init(&c, k->c->app, k->batch);
    c.actor = k->c->actor;
    enum status s = keep_rows(&c, k);
    if (s) k->c->fault = c.fault;
    app_end(&c);
    arena_reset(k->batch);
    k->rows = (struct staged_rows){0};
    return s;
}

static enum status take_row(void *checking, struct arena *a, const struct import_row *row)
{
    struct checking *k = checking;
    (void)a;
    if (k->lost) return ST_CONFLICT; /* ends the reading */
    if ((int64_t)row->row <= k->behind) return ST_OK;
    *ARENA_PUSH(k->batch, &k->rows) = staged_copy(k->batch, k->kind, row);
    return k->rows.n < IMPORT_ROWS ? ST_OK : flush(k);
}

/* What of the file was passed over. */
static struct str passed_over(struct ctx *c, const struct import_summary *s, struct str pictures)
{
    struct str told = STR("");
    if (s->unread.n) told = arena_fmt(c->arena, "没有认出、因此没有读的列：%.*s", STR_ARG(s->unread));
    if (s->others.n)
        told = arena_fmt(c->arena, "%.*s%s没有读的工作表：%.*s", STR_ARG(told), told.n ? "；" : "",
                         STR_ARG(s->others));
    if (pictures.n)
        told = arena_fmt(c->arena, "%.*s%s%.*s", STR_ARG(told), told.n ? "；" : "", STR_ARG(pictures));
    return told;
}

static enum status finish(struct ctx *c, struct job_id id, struct str node, const struct fault *unreadable,
                          const struct import_summary *summary, struct str pictures)
{
    struct import_job job;
    bool ours;
    TRY(app_begin(c));
    TRY(import_job_keep(c, id, node, &job, &ours));
    if (!ours || job.step != STEP_CHECK) {
        app_rollback(c);
        return ST_OK;
    }
    if (unreadable) {
        TRY(import_note(c, "import.fail", &job.row, str_from(unreadable->text)));
        TRY(import_job_move(c, &job, IMPORT_RUNNING, STEP_CLEAR, str_from(unreadable->text)));
        return app_commit(c);
    }
    TRY(import_note(c, "import.check", &job.row,
                    arena_fmt(c->arena, "共 %ld 行，可导入 %ld 行，有错 %ld 行", (long)job.row.total,
                              (long)job.row.good, (long)job.row.bad)));
    TRY(import_job_move(c, &job, IMPORT_CHECKED, STEP_NONE, passed_over(c, summary, pictures)));
    return app_commit(c);
}

enum status import_check(struct ctx *c, const struct import_job *job, struct str node)
{
    struct bytes file;
    struct import_summary summary = {0};
    struct fault f = {0};
    struct str pictures = STR("");
    struct checking k = {c, job->row.id, job->kind, node, job->row.behind, arena_child(c->arena), {0}, false};
    TRY(app_read(c));
    TRY(file_read(c, job->row.file_id, &file));
    app_read_end(c);
    enum status s = import_read(c->arena, &f, job->kind, file, c->today, take_row, &k, &summary);
    if (s == ST_OK) s = flush(&k);
    if (s == ST_OK && !k.lost) {
        s = import_pictures_look(c, job, node, &pictures, &k.lost);
        if (s == ST_BAD_INPUT) f = c->fault;
    }
    if (k.lost) return ST_OK;
    if (s == ST_BAD_INPUT) return finish(c, job->row.id, node, &f, NULL, STR(""));
    if (s && !c->fault.status) c->fault = f;
    return s ? s : finish(c, job->row.id, node, NULL, &summary, pictures);
}
