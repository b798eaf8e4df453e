#include "app/imports/write.h"

#include "app/companies/companies.h"
#include "app/core/files.h"
#include "app/imports/employer.h"
#include "app/imports/membership.h"
#include "app/imports/person.h"
#include "app/imports/pictures.h"

/* A row that is ready to be written, by kind. */
struct ready {
    const struct import_row_full *row;
    struct import_row staged;
    struct imported_person person;
};

/* What hashes and seals comes before the transaction. */
static enum status prepare(struct ctx *c, const struct import_job *job, const struct import_row_full *row,
                           struct ready *ret)
{
    ret->row = row;
    TRY(staged_open(c, &job->row, job->kind, row->row, row->fields_sealed, &ret->staged));
    return job->kind == IMPORT_MEMBER ? imported_person_of(c, job->row.id, &ret->staged, &ret->person)
                                      : ST_OK;
}

/* What the sheet said is kept only where somebody has to look at it. */
static enum status written(struct ctx *c, const struct import_job *job, const struct ready *r,
                           struct company_id company, struct member_id member, struct period_id period)
{
    struct bytes kept = r->row->open.n ? r->row->fields_sealed : (struct bytes){0};
    return q_import_row_written(
        c->db, &(struct import_row_written_in){job->row.id, r->row->row, company, member, period, kept},
        NULL);
}

static enum status write_person(struct ctx *c, const struct import_job *job, struct ready *r)
{
    struct subject who;
    struct period_id period;
    r->person.columns.company_id = r->row->company_id;
    if (!r->row->company_id.v)
        TRY(import_employer(c, &job->row, r->row->import_company_id, &r->person.columns.company_id));
    TRY(imported_person_write(c, &job->row, &r->person, &who, &period));
    return written(c, job, r, r->person.columns.company_id, who.member, period);
}

static enum status write_company(struct ctx *c, const struct import_job *job, const struct ready *r)
{
    struct company_id id;
    const struct import_row *row = &r->staged;
    struct str code = import_value(IMPORT_COMPANY, row, "credit_code");
    struct company_new n = {.name = import_value(IMPORT_COMPANY, row, "name"),
                            .credit_code = code.n ? code : STR_NONE,
                            .contact = import_value(IMPORT_COMPANY, row, "contact"),
                            .phone = import_value(IMPORT_COMPANY, row, "phone"),
                            .address = import_value(IMPORT_COMPANY, row, "address"),
                            .disabled = str_eq(import_value(IMPORT_COMPANY, row, "enabled"), STR("0")),
                            .unit_valid_to = DAY_NONE,
                            .unit_level = import_value(IMPORT_COMPANY, row, "unit_level"),
                            .title = import_value(IMPORT_COMPANY, row, "title"),
                            .tax_no = import_value(IMPORT_COMPANY, row, "tax_no")};
    day_parse(import_value(IMPORT_COMPANY, row, "unit_valid_to"), &n.unit_valid_to);
    TRY(import_company_make(c, &job->row, &n, &id));
    return written(c, job, r, id, (struct member_id){0}, (struct period_id){0});
}

static enum status write_one(struct ctx *c, const struct import_job *job, struct ready *r)
{
    switch (job->kind) {
    case IMPORT_COMPANY:
        return write_company(c, job, r);
    case IMPORT_MEMBER:
        return write_person(c, job, r);
    case IMPORT_PERIOD:
        return import_membership(c, &job->row, r->row, &r->staged);
    }
    return ST_BROKEN;
}

/* Everybody sees all of it from this commit on. */
static enum status show(struct ctx *c, const struct import_job *job)
{
    TRY(q_counters_with_import(c->db, job->row.id, NULL));
    TRY(q_job_show(c->db, job->row.id, NULL));
    TRY(q_job_files_drop(c->db, job->row.id, NULL));
    TRY(file_release(c, job->row.file_id));
    TRY(file_release(c, job->row.photos_id));
    TRY(import_note(c, "import.done", &job->row, arena_fmt(c->arena, "%ld 行", (long)job->row.total)));
    return import_job_move(c, job, IMPORT_COMMITTED, STEP_NONE, STR(""));
}

static enum status write_rows(struct ctx *c, struct import_job *job, struct ready *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(write_one(c, job, &rows[i]));
    if (n == 0 && job->row.photos_id.v)
        return import_job_move(c, job, IMPORT_RUNNING, STEP_PICTURES, STR(""));
    if (n == 0) return show(c, job);
    job->row.behind = rows[n - 1].row->row;
    job->row.done += (int64_t)n;
    return import_job_progress(c, &job->row);
}

enum status import_write(struct ctx *c, const struct import_job *seen, struct str node)
{
    struct import_row_fulls rows;
    struct import_job job;
    bool ours;
    int64_t most = seen->kind == IMPORT_PERIOD ? IMPORT_PERIODS : IMPORT_ROWS;
    TRY(app_read(c));
    TRY(q_import_rows_of(c->db, c->arena, seen->row.id, STR("new"), seen->row.behind, most, &rows));
    struct ready *ready = ARENA_ARRAY(c->arena, rows.n, struct ready);
    for (size_t i = 0; i < rows.n; i++)
        TRY(prepare(c, seen, &rows.p[i], &ready[i]));
    app_read_end(c);
    TRY(app_begin(c));
    TRY(import_job_keep(c, seen->row.id, node, &job, &ours));
    bool as_seen = ours && job.step == STEP_WRITE && job.row.behind == seen->row.behind;
    if (as_seen) TRY(write_rows(c, &job, ready, rows.n));
    if (as_seen) return app_commit(c);
    app_rollback(c);
    return ST_OK;
}

enum status import_write_pictures(struct ctx *c, const struct import_job *seen, struct str node)
{
    struct import_job job;
    bool ours, over;
    TRY(import_pictures_write(c, seen, node, &over));
    if (!over) return ST_OK;
    TRY(app_begin(c));
    TRY(import_job_keep(c, seen->row.id, node, &job, &ours));
    if (ours && job.step == STEP_PICTURES) {
        TRY(show(c, &job));
        return app_commit(c);
    }
    app_rollback(c);
    return ST_OK;
}
