#include "app/core/features.h"
#include "app/imports/job.h"
#include "app/imports/jobs.h"
#include "app/imports/run.h"
#include "gen/queries.h"

static const struct event EVENTS[] = {
    {"import.start", "上传导入表格", KIND_DATA},
    {"import.check", "导入核对完成", KIND_DATA},
    {"import.commit", "开始导入", KIND_DATA},
    {"import.done", "导入完成", KIND_DATA},
    {"import.undo", "撤销导入", KIND_DATA},
    {"import.undo_refused", "导入没有撤销", KIND_DATA},
    {"import.undone", "导入已撤销", KIND_DATA},
    {"import.errors", "下载导入错误表", KIND_DATA},
    {"import.fail", "导入出错", KIND_DATA},
    {"import.failed", "出错的导入已清除", KIND_DATA},
    {"import.looked", "核对导入的一行", KIND_DATA},
    {"import.company", "决定导入的单位", KIND_DATA},
    {"member.import", "导入登记", KIND_APPROVAL},
    {"member.import_period", "导入会员期", KIND_APPROVAL},
    {"member.import_period_undone", "撤销导入的会员期", KIND_APPROVAL},
    {"company.import", "导入单位", KIND_DATA},
};

/* Hidden rows of a job that is not under way would never be seen again. */
static enum status look_at_imports(struct ctx *c, struct str *ret_wrong)
{
    struct hidden_wrong_rows rows;
    TRY(q_hidden_wrong(c->db, c->arena, CHECK_SHOWN, &rows));
    *ret_wrong = check_rows(c->arena, rows.n);
    return ST_OK;
}

#define ROWS_AT_ONCE 500

/* A job's number and a row's in one: rows of a sheet are fewer than that. */
#define ROWS_OF_JOB 10000000

static enum status rows_sealed(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct import_rows_sealed_rows rows;
    TRY(q_import_rows_sealed(c->db, c->arena, (struct job_id){*behind / ROWS_OF_JOB}, *behind % ROWS_OF_JOB,
                             ROWS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct import_rows_sealed_row *r = &rows.p[i];
        struct import_job job;
        struct import_row row;
        *behind = r->job_id.v * ROWS_OF_JOB + r->row;
        TRY(import_job_load(c, r->job_id, &job));
        TRY(sealed_look(c, wrong, "import_row", r->row,
                        staged_open(c, &job.row, job.kind, r->row, r->fields_sealed, &row)));
    }
    *ret_more = rows.n == ROWS_AT_ONCE;
    return ST_OK;
}

static enum status look_at_rows(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, rows_sealed, ret_wrong);
}

static const struct check CHECKS[] = {{"imports", look_at_imports}, {"imported rows", look_at_rows}};

static const struct todo_kind TODOS[] = {
    {"imports", "导入后还要核对的行", SIDE_STAFF, ROLE_MEMBERSHIP, NULL, todo_imports},
};

const struct feature imports_feature = {.name = "imports",
                                        FEATURE_EVENTS(EVENTS),
                                        FEATURE_CHECKS(CHECKS),
                                        FEATURE_TODOS(TODOS),
                                        .start = importer_start,
                                        .stop = importer_stop};
