/* The trail as it stands: a row beside a request that only reads, and whether anyone touched the chain. */
#ifndef APP_CORE_TRAIL_H
#define APP_CORE_TRAIL_H

#include "app/core/app.h"
#include "app/core/head.h"
#include "app/core/ledger.h"

/* audit_add in a transaction of its own: for what only reads. Ends the request's snapshot. */
enum status audit_add_alone(struct ctx *c, const struct audit_note *note) MUST_USE;
/* Walks the whole chain, a piece at a time. ret_bad is the number of the first row that does not check, 0
 * when all do. progress, or NULL, hears after each piece how far it is and how far it goes. */
typedef void audit_progress_fn(void *arg, int64_t done, int64_t all);
enum status app_audit_walk(struct ctx *c, audit_progress_fn *progress, void *arg, int64_t *ret_rows,
                           int64_t *ret_bad) MUST_USE;
/* Compares the high-water mark: none when the trail holds it, else what is wrong and what to do. Ends the
 * snapshot and begins another: the trail must not be older than the mark. */
enum status app_audit_mark(struct ctx *c, struct str *ret_wrong) MUST_USE;
/* What is kept beside the keys is the newest row from now on: after an older copy was put back on purpose.
 * The reason and the head that was there are a row of the trail. For the command line. */
enum status app_audit_accept(struct ctx *c, struct str reason) MUST_USE;
/* The newest row, for keeping outside. */
enum status app_audit_head(struct ctx *c, struct head *ret) MUST_USE;
/* Whether the trail holds a head that was kept. */
enum status app_audit_find(struct ctx *c, const struct head *h, enum head_found *ret) MUST_USE;

#endif
