/* The trail as it stands: a row beside a request that only reads, and whether anyone touched the chain. */
#ifndef APP_CORE_TRAIL_H
#define APP_CORE_TRAIL_H

#include "app/core/app.h"
#include "app/core/ledger.h"

/* audit_add in a transaction of its own: for what only reads. Ends the request's snapshot. */
enum status audit_add_alone(struct ctx *c, const struct audit_note *note) MUST_USE;
/* Walks the whole chain. ret_bad is the number of the first row that does not check, 0 when all do. */
enum status app_audit_verify(struct ctx *c, int64_t *ret_rows, int64_t *ret_bad) MUST_USE;

#endif
