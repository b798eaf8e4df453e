/* Imports as the membership desk sees them: begun with a file, checked, committed, taken back. The work
 * itself is done by run.h, beside the server; progress stands in the job's row. */
#ifndef APP_IMPORTS_JOBS_H
#define APP_IMPORTS_JOBS_H

#include "app/core/page.h"
#include "app/core/todo_kind.h"
#include "app/imports/job.h"

struct import_input {
    struct str kind; /* company, member, period */
    struct str name; /* of the file */
    struct bytes file;
    struct bytes photos; /* a ZIP, or none */
    struct str once;
};

/* ST_BAD_INPUT with problems for fields kind, file, photos. The job waits for its dry run. */
enum status app_import_start(struct ctx *c, const struct import_input *in, struct job_id *ret) MUST_USE;
/* ST_CONFLICT where rows are wrong, or it is not checked: the state stays. */
enum status app_import_commit(struct ctx *c, struct job_id id) MUST_USE;
/* Of one that is committed: it disappears at once. ST_CONFLICT where something newer depends on it. One that
 * was only checked is dropped. */
enum status app_import_undo(struct ctx *c, struct job_id id) MUST_USE;

struct import_line {
    struct job_full row;
    enum import_kind kind;
    enum import_state state;
    enum import_step step;
};
struct import_lines {
    LIST(struct import_line);
};
/* The newest first, up to LIMIT_IMPORTS_SHOWN. */
enum status app_imports_list(struct ctx *c, struct import_lines *ret) MUST_USE;

/* A row that is wrong, or of the work list. */
struct import_item {
    int64_t row;
    struct str name, id_number, company; /* masked; as the sheet has them */
    struct str field, code, reason;      /* field, code: of the first finding */
    struct member_id member;             /* who it became */
};
struct import_items {
    LIST(struct import_item);
};
struct import_page {
    struct import_line job;
    struct import_items bad;               /* the first of them */
    bool more;                             /* there are further ones */
    struct import_company_fulls companies; /* that it proposes; the first of them … */
    struct str *near;                      /* … and for each what is almost called so, or "" */
    int64_t n_companies, n_open;
    int64_t n_known; /* rows of who is in the register already, and stays as there; once it is checked */
};
enum status app_import(struct ctx *c, struct job_id id, struct import_page *ret) MUST_USE;

/* Its work list: rows behind that one. */
struct import_open_page {
    struct import_line job;
    struct import_items items;
    int64_t next; /* behind which row it goes on; 0: it does not */
    int64_t total;
};
enum status app_import_open(struct ctx *c, struct job_id id, int64_t behind,
                            struct import_open_page *ret) MUST_USE;
/* Somebody has looked at that row. */
enum status app_import_looked(struct ctx *c, struct job_id id, int64_t row) MUST_USE;
/* A company that it proposes: made anew (near false), or the one that is almost called so. */
enum status app_import_company(struct ctx *c, struct job_id id, struct import_company_id company,
                               bool near) MUST_USE;

/* For feature.c: imports whose work list is not done. */
enum status todo_imports(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;

#endif
