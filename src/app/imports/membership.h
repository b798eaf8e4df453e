/* Memberships of people who are in the register already: kind period. */
#ifndef APP_IMPORTS_MEMBERSHIP_H
#define APP_IMPORTS_MEMBERSHIP_H

#include "app/imports/job.h"

/* Inside the transaction that writes the row. ST_CONFLICT: the person is in no state for it by now. */
enum status import_membership(struct ctx *c, const struct job_full *job, const struct import_row_full *row,
                              const struct import_row *staged) MUST_USE;
/* As it was before that row. */
enum status import_membership_back(struct ctx *c, const struct job_full *job,
                                   const struct import_row_full *row) MUST_USE;

#endif
