/* The photos that came with a sheet of people, in a ZIP: judged in the dry run, and once more when they are
 * given to those whom the sheet brings. Who was in the register before keeps what is there. */
#ifndef APP_IMPORTS_PICTURES_H
#define APP_IMPORTS_PICTURES_H

#include "app/imports/job.h"

/* In the dry run, behind the rows, in transactions that only renew the lease. ret_told: how many are good,
 * and the first of the others with why; "" when none came. ST_BAD_INPUT: no such archive. *ret_lost: the job
 * is another's by now. */
enum status import_pictures_look(struct ctx *c, const struct import_job *job, struct str node,
                                 struct str *ret_told, bool *ret_lost) MUST_USE;
/* STEP_PICTURES: all of them, behind those that are there, in transactions of its own; *ret_over: no more. */
enum status import_pictures_write(struct ctx *c, const struct import_job *job, struct str node,
                                  bool *ret_over) MUST_USE;

#endif
