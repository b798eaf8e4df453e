/* The dry run: the sheet is read, each row gets its verdict, and is kept. */
#ifndef APP_IMPORTS_CHECK_H
#define APP_IMPORTS_CHECK_H

#include "app/imports/job.h"

/* Reads on behind the rows that are kept already, in transactions of its own, to the end. The job is checked
 * then, or failed where the file is none that can be read. */
enum status import_check(struct ctx *c, const struct import_job *job, struct str node) MUST_USE;

#endif
