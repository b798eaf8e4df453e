/* What is decided on is held first and read then (decision 8). Everybody takes in this order what they need
 * of it, so that nobody waits in a circle:
 *
 *   the form's `once` · people, by id · companies, by id: with them their batches and running numbers of
 *   batches · accounts, by id · the running numbers of members and companies, and the turn of settings ·
 *   counters, by key · the head of the trail
 *
 * The last two are the commit's. Inside a transaction; nothing to do on SQLite. */
#ifndef APP_CORE_HOLD_H
#define APP_CORE_HOLD_H

#include "app/core/ctx.h"

enum status hold_members(struct ctx *c, const struct member_id *ids, size_t n) MUST_USE;
/* Without a company (0): nothing. */
enum status hold_companies(struct ctx *c, const struct company_id *ids, size_t n) MUST_USE;
enum status hold_accounts(struct ctx *c, const struct account_id *ids, size_t n) MUST_USE;

/* What cannot be when the rows are held, but for someone who did not hold them: the whole use case is tried
 * once more from its beginning (web/core/dispatch.c). */
enum status someone_was_faster(struct ctx *c, const char *detail);

#endif
