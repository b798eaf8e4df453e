#include "app/imports/jobs.h"

#include "app/core/files.h"
#include "app/core/once.h"
#include "app/core/vault.h"
#include "app/imports/run.h"
#include "app/imports/undo.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "domain/mask.h"
#include "gen/queries.h"

#define SHEET_TYPE "application/octet-stream"

static enum status check(struct ctx *c, const struct import_input *in)
{
    enum import_kind kind;
    struct problems *ps = &c->problems;
    if (!import_kind_parse(in->kind, &kind)) problem_add(ps, "kind", "请选择导入的内容");
    if (!in->file.n) problem_add(ps, "file", "请选择要导入的表格文件（.xlsx 或 .csv）");
    if (in->file.n > LIMIT_SHEET_BYTES)
        problem_add(ps, "file", "文件超过 %u MB，请分成几个文件", LIMIT_SHEET_BYTES >> 20);
    if (in->photos.n > LIMIT_FILE_BYTES)
        problem_add(ps, "photos", "照片包超过 %u MB，请分成几次", LIMIT_FILE_BYTES >> 20);
    if (in->photos.n && kind != IMPORT_MEMBER) problem_add(ps, "photos", "照片只能和会员一起导入");
    return problems_status(c);
}

static enum status insert(struct ctx *c, const struct import_input *in, struct file_id file,
                          struct file_id photos, struct job_id *ret)
{
    struct job_insert_row made;
    TRY(q_job_insert(c->db, c->arena,
                     &(struct job_insert_in){
                         .uid = uid_new(c->arena),
                         .kind = arena_fmt(c->arena, "import.%.*s", STR_ARG(in->kind)),
                         .account = c->actor.account,
                         .name = utf8_clip(str_or_empty(in->name), LIMIT_FILE_NAME),
                         .file = file,
                         .photos = photos,
                         .step = import_step_code(STEP_CHECK),
                         .node = STR(""),
                         .now = c->now_ms,
                     },
                     &made));
    *ret = made.id;
    return ST_OK;
}

static enum status store(struct ctx *c, struct bytes content, struct str name, struct file_id *ret)
{
    *ret = (struct file_id){0};
    if (!content.n) return ST_OK;
    TRY(app_begin(c));
    TRY(file_store(c, content, SHEET_TYPE, name, ret));
    return app_commit(c);
}

enum status app_import_start(struct ctx *c, const struct import_input *in, struct job_id *ret)
{
    struct file_id file, photos;
    struct job_id id;
    struct str earlier;
    int64_t n;
    TRY(import_may(c));
    TRY(check(c, in));
    TRY(store(c, in->file, utf8_clip(str_or_empty(in->name), LIMIT_FILE_NAME), &file));
    TRY(store(c, in->photos, STR("photos.zip"), &photos));
    TRY(app_begin(c));
    TRY(insert(c, in, file, photos, &id));
    TRY(once_take(c, in->once, arena_fmt(c->arena, "%ld", (long)id.v), &earlier));
    if (earlier.n && str_int(earlier, &n)) {
        app_rollback(c);
        *ret = (struct job_id){n};
        return ST_OK;
    }
    TRY(import_note(c, "import.start", &(struct job_full){.id = id}, str_or_empty(in->name)));
    TRY(app_commit(c));
    importer_wake(c->app);
    *ret = id;
    return ST_OK;
}

static enum status wrong_state(struct ctx *c, const struct import_job *job)
{
    return fail(&c->fault, ST_CONFLICT, "刚刚已被处理，现状态：%s", import_state_label(job->state));
}

/* From that state on to that step; ST_CONFLICT: somebody was faster. */
static enum status ask(struct ctx *c, const struct import_job *job, enum import_step step)
{
    int64_t rows;
    TRY(q_job_ask(c->db, job->row.id, job->row.state, import_step_code(step), STR(""), 0, &rows));
    return rows ? ST_OK : wrong_state(c, job);
}

static enum status load(struct ctx *c, struct job_id id, struct import_job *ret)
{
    TRY(import_may(c));
    return import_job_load(c, id, ret);
}

enum status app_import_commit(struct ctx *c, struct job_id id)
{
    struct import_job job;
    TRY(app_begin(c));
    TRY(load(c, id, &job));
    if (job.state != IMPORT_CHECKED) return wrong_state(c, &job);
    if (job.row.bad)
        return fail(&c->fault, ST_CONFLICT, "还有 %ld 行有错，请改好后重新上传，一行也没有导入",
                    (long)job.row.bad);
    TRY(ask(c, &job, STEP_WRITE));
    TRY(q_job_hide(c->db, id, NULL));
    TRY(import_note(c, "import.commit", &job.row, STR("")));
    TRY(app_commit(c));
    importer_wake(c->app);
    return ST_OK;
}

enum status app_import_undo(struct ctx *c, struct job_id id)
{
    struct import_job job;
    struct str why = STR_NONE;
    TRY(app_read(c));
    TRY(load(c, id, &job));
    if (job.state != IMPORT_COMMITTED && job.state != IMPORT_CHECKED) return wrong_state(c, &job);
    if (job.state == IMPORT_COMMITTED) TRY(import_newer(c, &job, &why));
    if (why.n) return fail(&c->fault, ST_CONFLICT, "%.*s", STR_ARG(why));
    TRY(app_begin(c));
    TRY(ask(c, &job, job.state == IMPORT_COMMITTED ? STEP_LOOK : STEP_CLEAR));
    if (job.state == IMPORT_COMMITTED) TRY(import_hide(c, &job));
    TRY(import_note(c, "import.undo", &job.row, STR("")));
    TRY(app_commit(c));
    importer_wake(c->app);
    return ST_OK;
}

static struct import_line line_of(const struct import_job *job)
{
    return (struct import_line){job->row, job->kind, job->state, job->step};
}

enum status app_imports_list(struct ctx *c, struct import_lines *ret)
{
    struct job_fulls rows;
    struct import_lines lines = {0};
    TRY(import_may(c));
    TRY(app_read(c));
    TRY(q_jobs_newest(c->db, c->arena, (struct job_id){INT64_MAX}, LIMIT_IMPORTS_SHOWN, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct import_job job;
        TRY(import_job_load(c, rows.p[i].id, &job));
        *ARENA_PUSH(c->arena, &lines) = line_of(&job);
    }
    *ret = lines;
    return ST_OK;
}

/* Of any weight: what is refused comes first. */
static const struct import_finding *first_finding(const struct import_row *row)
{
    const struct import_finding *f = staged_finding(row, IMPORT_REFUSED);
    if (!f) f = staged_finding(row, IMPORT_OPEN);
    return f ? f : staged_finding(row, IMPORT_MISSING);
}

static struct str reasons(struct ctx *c, enum import_kind kind, const struct import_row *row)
{
    struct str refused = staged_reason(c, kind, row, IMPORT_REFUSED);
    struct str open = staged_reason(c, kind, row, IMPORT_OPEN);
    struct str missing = staged_reason(c, kind, row, IMPORT_MISSING);
    if (refused.n) return refused;
    return arena_fmt(c->arena, "%.*s%s%.*s", STR_ARG(open), open.n && missing.n ? "；" : "",
                     STR_ARG(missing));
}

static enum status item_of(struct ctx *c, const struct import_job *job, const struct import_row_full *row,
                           struct import_items *ret)
{
    struct import_row opened;
    TRY(staged_open(c, &job->row, job->kind, row->row, row->fields_sealed, &opened));
    const struct import_finding *f = first_finding(&opened);
    struct str number = import_value(job->kind, &opened, "id_number");
    *ARENA_PUSH(c->arena, ret) = (struct import_item){
        .row = row->row,
        .name = import_value(job->kind, &opened, "name"),
        .id_number = number.n ? mask_id_number(c->arena, number) : STR(""),
        .company = import_value(job->kind, &opened, "company"),
        .field = f ? str_from(f->field) : STR(""),
        .code = f ? str_from(f->code) : row->open,
        .reason = reasons(c, job->kind, &opened),
        .member = row->member_id,
    };
    return ST_OK;
}

static enum status name_near(struct ctx *c, struct import_page *page)
{
    page->near = ARENA_ARRAY(c->arena, page->companies.n, struct str);
    for (size_t i = 0; i < page->companies.n; i++) {
        struct company_name_now_unscoped_row there = {STR("")};
        struct company_id near = page->companies.p[i].near_id;
        enum status s = near.v ? q_company_name_now_unscoped(c->db, c->arena, near, &there) : ST_OK;
        if (s && s != ST_NOT_FOUND) return s;
        page->near[i] = there.name;
    }
    return ST_OK;
}

enum status app_import(struct ctx *c, struct job_id id, struct import_page *ret)
{
    struct import_job job;
    struct import_row_fulls rows;
    struct import_page page = {0};
    struct import_companies_count_row companies;
    struct import_rows_open_count_row open;
    struct import_rows_known_count_row known;
    TRY(app_read(c));
    TRY(load(c, id, &job));
    page.job = line_of(&job);
    TRY(q_import_rows_of(c->db, c->arena, id, STR("bad"), 0, LIMIT_IMPORT_ROWS_SHOWN + 1, &rows));
    page.more = rows.n > LIMIT_IMPORT_ROWS_SHOWN;
    for (size_t i = 0; i < rows.n && i < LIMIT_IMPORT_ROWS_SHOWN; i++)
        TRY(item_of(c, &job, &rows.p[i], &page.bad));
    TRY(q_import_companies(c->db, c->arena, id, (struct import_company_id){0}, LIMIT_IMPORT_ROWS_SHOWN,
                           &page.companies));
    TRY(name_near(c, &page));
    TRY(q_import_companies_count(c->db, c->arena, id, &companies));
    TRY(q_import_rows_open_count(c->db, c->arena, id, &open));
    page.n_companies = companies.n;
    page.n_open = open.n;
    if (job.state == IMPORT_CHECKED || job.state == IMPORT_COMMITTED) {
        TRY(q_import_rows_known_count(c->db, c->arena, id, &known));
        page.n_known = known.n;
    }
    *ret = page;
    return ST_OK;
}

enum status app_import_open(struct ctx *c, struct job_id id, int64_t behind, struct import_open_page *ret)
{
    struct import_job job;
    struct import_row_fulls rows;
    struct import_open_page page = {0};
    struct import_rows_open_count_row count;
    TRY(app_read(c));
    TRY(load(c, id, &job));
    page.job = line_of(&job);
    TRY(q_import_rows_open(c->db, c->arena, id, behind, LIMIT_IMPORT_ROWS_SHOWN + 1, &rows));
    for (size_t i = 0; i < rows.n && i < LIMIT_IMPORT_ROWS_SHOWN; i++)
        TRY(item_of(c, &job, &rows.p[i], &page.items));
    if (rows.n > LIMIT_IMPORT_ROWS_SHOWN) page.next = rows.p[LIMIT_IMPORT_ROWS_SHOWN - 1].row;
    TRY(q_import_rows_open_count(c->db, c->arena, id, &count));
    page.total = count.n;
    *ret = page;
    return ST_OK;
}

enum status app_import_looked(struct ctx *c, struct job_id id, int64_t row)
{
    struct import_job job;
    int64_t rows;
    TRY(app_begin(c));
    TRY(load(c, id, &job));
    TRY(q_import_row_close(c->db, id, row, &rows));
    if (!rows) return not_found(c);
    TRY(import_note(c, "import.looked", &job.row, arena_fmt(c->arena, "第 %ld 行", (long)row)));
    return app_commit(c);
}

enum status app_import_company(struct ctx *c, struct job_id id, struct import_company_id company, bool near)
{
    struct import_job job;
    int64_t rows;
    TRY(app_begin(c));
    TRY(load(c, id, &job));
    if (job.state != IMPORT_CHECKED) return wrong_state(c, &job);
    TRY(q_import_company_decide(c->db, id, company, near ? STR("near") : STR("new"), &rows));
    if (!rows) return not_found(c);
    TRY(import_note(c, "import.company", &job.row, near ? STR("用在册单位") : STR("新增单位")));
    return app_commit(c);
}

enum status todo_imports(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct imports_to_look_row row;
    TRY(q_imports_to_look(c->db, c->arena, &row));
    bool one = row.n == 1;
    *ret = (struct todo_found){.count = row.n,
                               .since = row.oldest ? day_at(row.oldest) : DAY_NONE,
                               .list = one ? arena_fmt(c->arena, "/staff/import/%ld/open", (long)row.newest)
                                           : STR("/staff/import")};
    return ST_OK;
}
