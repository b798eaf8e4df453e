/* 批量导入: a sheet is checked, looked at, brought in, taken back. */
#ifndef WEB_IMPORTS_IMPORTS_H
#define WEB_IMPORTS_IMPORTS_H

#include "app/imports/jobs.h"
#include "web/core/form.h"
#include "web/core/frame.h"

struct import_kind_view {
    struct str code, label;
    bool chosen;
    struct url template;
};
struct import_kinds_view {
    LIST(struct import_kind_view);
};

/* A job as a line of the list, and as the head of its own pages. */
struct import_job_view {
    int64_t id, total, good, bad, done, percent;
    struct str kind, name, state, label, step, at, why;
    struct url page;
    bool going_on; /* the page looks again by itself */
};
struct import_jobs_view {
    LIST(struct import_job_view);
};

struct imports_view {
    struct frame frame;
    struct str csrf, once, kind_error, file_error, photos_error;
    struct import_kinds_view kinds;
    struct import_jobs_view jobs;
    int wrong;
};

struct import_company_view {
    int64_t id, people;
    struct str name, near;
    bool takes_near;
    struct url action;
};
struct import_companies_view {
    LIST(struct import_company_view);
};
struct import_item_view {
    int64_t row;
    struct str name, id_number, company, field, code, reason;
    struct url person; /* who it became; none before */
};
struct import_items_view {
    LIST(struct import_item_view);
};

struct import_view {
    struct frame frame;
    struct str above, title, csrf, refused; /* refused: why what was asked for is not done */
    struct import_job_view job;
    struct import_items_view rows;
    struct import_companies_view companies;
    int64_t n_companies, n_open, n_known;
    struct url list, commit, undo, errors, open;
    bool may_commit, may_undo, may_drop, more, checked;
};

struct import_open_view {
    struct frame frame;
    struct str above, csrf, nothing;
    struct import_job_view job;
    struct import_items_view rows;
    int64_t total;
    struct url here, next;
    bool more;
};

enum status page_imports(struct web *w);
enum status post_imports(struct web *w);
enum status page_import_template(struct web *w);
enum status page_import(struct web *w);
enum status page_import_errors(struct web *w);
enum status page_import_open(struct web *w);
enum status post_import_open(struct web *w);
enum status post_import_company(struct web *w);
enum status post_import_commit(struct web *w);
enum status post_import_undo(struct web *w);

#endif
