#include "web/imports/imports.h"

#include "app/imports/files.h"
#include "gen/views.h"

#define MENU "/staff/import"
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static enum status job_arg(struct web *w, struct job_id *ret)
{
    return web_id(w, w->args[0], &ret->v);
}

/* An address of a job, or below it. */
#define JOB_URL(w, id, below) url_path((w)->q->arena, MENU "/%ld" below, (long)(id).v)

static struct import_job_view job_view(struct web *w, const struct import_line *job)
{
    const struct job_full *row = &job->row;
    bool going_on = job->state == IMPORT_WAITING || job->state == IMPORT_RUNNING;
    return (struct import_job_view){
        .id = row->id.v,
        .total = row->total,
        .good = row->good,
        .bad = row->bad,
        .done = row->done,
        .percent = row->total ? row->done * 100 / row->total : 0,
        .kind = str_from(import_kind_label(job->kind)),
        .name = row->name,
        .state = row->state,
        .label = str_from(import_state_label(job->state)),
        .step = str_from(import_step_label(job->step)),
        .at = instant_str(w->q->arena, row->created_at),
        .why = row->why,
        .page = JOB_URL(w, row->id, ""),
        .going_on = going_on,
    };
}

static struct import_kinds_view kinds_view(struct web *w, struct str chosen)
{
    struct import_kinds_view all = {0};
    for (enum import_kind kind = IMPORT_COMPANY; kind <= IMPORT_PERIOD; kind++) {
        struct str code = str_from(import_kind_code(kind));
        *ARENA_PUSH(w->q->arena, &all) = (struct import_kind_view){
            code, str_from(import_kind_label(kind)), str_eq(code, chosen),
            url_query(w->q->arena, URL("/staff/import/template.xlsx"), {"kind", code})};
    }
    return all;
}

static enum status show_all(struct web *w, struct str kind, struct str once, int status)
{
    struct import_lines jobs;
    struct imports_view v = {.frame = web_frame(w, STR("批量导入"), MENU),
                             .csrf = web_csrf(w),
                             .once = once,
                             .kinds = kinds_view(w, kind),
                             .kind_error = form_error(w, "kind"),
                             .file_error = form_error(w, "file"),
                             .photos_error = form_error(w, "photos"),
                             .wrong = (int)w->c.problems.n};
    TRY(app_imports_list(&w->c, &jobs));
    for (size_t i = 0; i < jobs.n; i++)
        *ARENA_PUSH(w->q->arena, &v.jobs) = job_view(w, &jobs.p[i]);
    view_imports(web_html(w), &v);
    return web_page(w, status);
}

enum status page_imports(struct web *w)
{
    return show_all(w, STR("member"), web_once(w), 200);
}

static struct bytes file_of(const struct web *w, const char *field, struct str *ret_name)
{
    struct bytes found = {0};
    for (size_t i = 0; i < w->q->files.n; i++) {
        const struct http_file *file = &w->q->files.p[i];
        if (!str_eq(file->field, str_from(field))) continue;
        found = file->bytes;
        if (ret_name) *ret_name = file->filename;
        if (file->size > file->bytes.n) found.n = file->size; /* only its beginning was kept: too large */
    }
    return found;
}

enum status post_imports(struct web *w)
{
    struct job_id id;
    struct import_input in = {.kind = str_or_empty(web_field(w, "kind")), .once = web_field(w, "once")};
    in.file = file_of(w, "file", &in.name);
    in.photos = file_of(w, "photos", NULL);
    enum status s = app_import_start(&w->c, &in, &id);
    if (s == ST_BAD_INPUT) return show_all(w, in.kind, in.once, 422);
    if (s) return s;
    return web_redirect(w, JOB_URL(w, id, ""));
}

enum status page_import_template(struct web *w)
{
    enum import_kind kind = IMPORT_MEMBER;
    struct import_file file;
    if (web_query(w, "kind").n && !import_kind_parse(web_query(w, "kind"), &kind)) return not_found(&w->c);
    TRY(app_import_template(&w->c, kind, &file));
    return web_download(w, XLSX, file.filename, file.bytes);
}

enum status page_import_errors(struct web *w)
{
    struct job_id id;
    struct import_file file;
    TRY(job_arg(w, &id));
    TRY(app_import_errors(&w->c, id, &file));
    return web_download(w, XLSX, file.filename, file.bytes);
}

static struct import_items_view items_view(struct web *w, const struct import_items *items)
{
    struct import_items_view all = {0};
    for (size_t i = 0; i < items->n; i++) {
        const struct import_item *it = &items->p[i];
        struct import_item_view *row = ARENA_PUSH(w->q->arena, &all);
        *row = (struct import_item_view){it->row,   it->name, it->id_number, it->company,
                                         it->field, it->code, it->reason,    {STR_NONE}};
        if (it->member.v) row->person = url_path(w->q->arena, "/staff/members/%ld", (long)it->member.v);
    }
    return all;
}

static struct import_companies_view companies_view(struct web *w, const struct import_page *page)
{
    struct import_companies_view all = {0};
    for (size_t i = 0; i < page->companies.n; i++) {
        const struct import_company_full *c = &page->companies.p[i];
        *ARENA_PUSH(w->q->arena, &all) =
            (struct import_company_view){.id = c->id.v,
                                         .people = c->n,
                                         .name = c->name,
                                         .near = page->near[i],
                                         .takes_near = str_eq(c->decision, STR("near")),
                                         .action = JOB_URL(w, page->job.row.id, "/company")};
    }
    return all;
}

/* `refused`: why what was asked for is not done, or none. */
static enum status show(struct web *w, struct job_id id, struct str refused, int status)
{
    struct import_page page;
    struct str title = arena_fmt(w->q->arena, "导入第 %ld 号", (long)id.v);
    TRY(app_import(&w->c, id, &page));
    struct import_view v = {
        .frame = web_frame(w, title, MENU),
        .above = STR("批量导入"),
        .title = title,
        .list = URL(MENU),
        .csrf = web_csrf(w),
        .refused = refused,
        .job = job_view(w, &page.job),
        .rows = items_view(w, &page.bad),
        .companies = companies_view(w, &page),
        .n_companies = page.n_companies,
        .n_open = page.n_open,
        .n_known = page.n_known,
        .commit = JOB_URL(w, id, "/commit"),
        .undo = JOB_URL(w, id, "/undo"),
        .errors = JOB_URL(w, id, "/errors.xlsx"),
        .open = JOB_URL(w, id, "/open"),
        .checked = page.job.state == IMPORT_CHECKED,
        .may_commit = page.job.state == IMPORT_CHECKED && page.job.row.bad == 0,
        .may_undo = page.job.state == IMPORT_COMMITTED,
        .may_drop = page.job.state == IMPORT_CHECKED,
        .more = page.more,
    };
    view_import(web_html(w), &v);
    if (v.job.going_on) http_header(w->q, w->r, "Refresh", STR("2"));
    return web_page(w, status);
}

enum status page_import(struct web *w)
{
    struct job_id id;
    TRY(job_arg(w, &id));
    return show(w, id, STR_NONE, 200);
}

/* The state stays, and the page says why. */
static enum status answer(struct web *w, struct job_id id, enum status s)
{
    if (s == ST_OK) return web_redirect(w, JOB_URL(w, id, ""));
    if (s != ST_CONFLICT) return s;
    struct str why = arena_str(w->q->arena, str_from(w->c.fault.text));
    app_end(&w->c);
    w->c.fault = (struct fault){0};
    return show(w, id, why, 409);
}

enum status post_import_commit(struct web *w)
{
    struct job_id id;
    TRY(job_arg(w, &id));
    return answer(w, id, app_import_commit(&w->c, id));
}

enum status post_import_undo(struct web *w)
{
    struct job_id id;
    TRY(job_arg(w, &id));
    return answer(w, id, app_import_undo(&w->c, id));
}

enum status post_import_company(struct web *w)
{
    struct job_id id;
    struct import_company_id company;
    TRY(job_arg(w, &id));
    TRY(web_id(w, web_field(w, "company"), &company.v));
    return answer(w, id, app_import_company(&w->c, id, company, web_flag(w, "near")));
}

enum status page_import_open(struct web *w)
{
    struct job_id id;
    struct import_open_page page;
    int64_t behind = 0;
    TRY(job_arg(w, &id));
    str_int(web_query(w, "after"), &behind);
    TRY(app_import_open(&w->c, id, behind, &page));
    struct import_open_view v = {
        .frame = web_frame(w, STR("待核对"), MENU),
        .above = arena_fmt(w->q->arena, "导入第 %ld 号", (long)id.v),
        .nothing = STR("这次导入没有等着核对的行。"),
        .csrf = web_csrf(w),
        .job = job_view(w, &page.job),
        .rows = items_view(w, &page.items),
        .total = page.total,
        .here = JOB_URL(w, id, "/open"),
        .more = page.next > 0,
    };
    struct str next = arena_fmt(w->q->arena, "%ld", (long)page.next);
    if (v.more) v.next = url_query(w->q->arena, v.here, {"after", next});
    view_import_open(web_html(w), &v);
    return web_page(w, 200);
}

enum status post_import_open(struct web *w)
{
    struct job_id id;
    int64_t row;
    TRY(job_arg(w, &id));
    TRY(web_id(w, web_field(w, "row"), &row));
    TRY(app_import_looked(&w->c, id, row));
    return web_redirect(w, JOB_URL(w, id, "/open"));
}
