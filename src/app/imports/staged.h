/* A row of the sheet between the check and the register: what it says, and what is wrong with it, packed and
 * sealed (import_row.fields_sealed). */
#ifndef APP_IMPORTS_STAGED_H
#define APP_IMPORTS_STAGED_H

#include "app/core/app.h"
#include "app/imports/read.h"
#include "gen/rows.h"

/* Of a row that lives only while it is read: what is kept of it, in an arena that lives longer. */
struct import_row staged_copy(struct arena *a, enum import_kind kind, const struct import_row *row);
struct bytes staged_seal(struct ctx *c, const struct job_full *job, enum import_kind kind,
                         const struct import_row *row);
/* Values and findings; `cells` is none. ST_BROKEN: it is not what was sealed for that row. */
enum status staged_open(struct ctx *c, const struct job_full *job, enum import_kind kind, int64_t row,
                        struct bytes sealed, struct import_row *ret) MUST_USE;
/* The sentences of its findings that weigh so, each with its field's word, with ； between. */
struct str staged_reason(struct ctx *c, enum import_kind kind, const struct import_row *row,
                         enum import_weight weight);
/* The first of that weight; NULL: there is none. */
const struct import_finding *staged_finding(const struct import_row *row, enum import_weight weight);
/* One more, that only the register knows. */
void staged_find(struct arena *a, struct import_row *row, const char *field, const char *code,
                 enum import_weight weight, struct str text);

#endif
