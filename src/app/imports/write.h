/* Into the register, where nobody sees it before the job is committed. */
#ifndef APP_IMPORTS_WRITE_H
#define APP_IMPORTS_WRITE_H

#include "app/imports/job.h"

/* Some rows, behind those that are written, in one transaction; behind the last the job is committed: from
 * then on everybody sees all of it. ST_CONFLICT, with why in the fault: the register has changed since the
 * check, and the job cannot be finished. */
enum status import_write(struct ctx *c, const struct import_job *job, struct str node) MUST_USE;
/* Then the photos that came with it, and the same commit. */
enum status import_write_pictures(struct ctx *c, const struct import_job *job, struct str node) MUST_USE;

#endif
