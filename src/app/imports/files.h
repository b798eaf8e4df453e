/* Files of imports: the empty sheet, and the wrong rows with why. */
#ifndef APP_IMPORTS_FILES_H
#define APP_IMPORTS_FILES_H

#include "app/imports/job.h"

struct import_file {
    struct str filename;
    struct bytes bytes; /* .xlsx */
};

enum status app_import_template(struct ctx *c, enum import_kind kind, struct import_file *ret) MUST_USE;
/* The job's own rows that are wrong, with 错误原因. Full numbers leave with them: the trail says so.
 * ST_NOT_FOUND: the sheet is gone, the job is over. */
enum status app_import_errors(struct ctx *c, struct job_id id, struct import_file *ret) MUST_USE;

#endif
