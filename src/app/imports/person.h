/* A person whom a sheet brings: as columns of the register. */
#ifndef APP_IMPORTS_PERSON_H
#define APP_IMPORTS_PERSON_H

#include "app/core/detail.h"
#include "app/imports/staged.h"
#include "gen/queries.h"

struct imported_person {
    struct import_member_insert_in columns;
    struct str id_number;
    bool has_period;
    struct import_period_insert_in period; /* without the person */
};

/* Hashes and seals: before the transaction. company_id is the caller's. ST_BROKEN: the row is none that the
 * check lets pass. */
enum status imported_person_of(struct ctx *c, struct job_id job, const struct import_row *row,
                               struct imported_person *ret) MUST_USE;
/* Inside the transaction: the person, whom nobody sees yet. ST_CONFLICT: somebody has the number by now. */
enum status imported_person_write(struct ctx *c, const struct job_full *job, const struct imported_person *p,
                                  struct subject *ret, struct period_id *ret_period) MUST_USE;
/* A membership that a sheet knows of: from period_start, period_end, approved_on. False: it knows none. */
bool imported_period_of(struct ctx *c, enum import_kind kind, const struct import_row *row,
                        struct import_period_insert_in *ret);

#endif
