/* A row of kind period, compared with what the person has had and with what the sheet brings before it. */
#ifndef APP_IMPORTS_JUDGE_PERIOD_H
#define APP_IMPORTS_JUDGE_PERIOD_H

#include "app/imports/staged.h"
#include "domain/member.h"

/* Whoever waits for the first approval, or has had one. */
bool import_may_have_period(enum member_stored stored);
/* Inside a transaction; of a person of the register. ret_known: had already just that membership, and is left
 * as it is. Refused are a state that has none, and days that are another membership's. */
enum status import_judge_period(struct ctx *c, const struct job_full *job, struct import_row *row,
                                struct member_id member, bool *ret_known) MUST_USE;
/* The same of one that is held: ST_CONFLICT where it has, since the check, got a membership on those days. */
enum status import_period_free(struct ctx *c, struct member_id member, struct day start,
                               struct day end) MUST_USE;

#endif
