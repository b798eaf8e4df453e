/* For a feature's .upgrade (features.h) that goes through a table by id, once, some rows at a time: how far
 * it has come is a row of its own, moved on in the transaction of the rows, so that one that is cut off goes
 * on where it was. */
#ifndef APP_CORE_UPGRADE_H
#define APP_CORE_UPGRADE_H

#include "app/core/app.h"

/* What became of the rows behind *at, which moves; *ret_more: there may be others. In a transaction. */
typedef enum status upgrade_rows_fn(struct ctx *c, int64_t *at, bool *ret_more);
/* `name` is in databases: it stays. */
enum status upgrade_step(struct ctx *c, const char *name, upgrade_rows_fn *rows, bool *ret_more) MUST_USE;

#endif
