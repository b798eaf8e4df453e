/* What a decision about a person does to the batch that the person waits in: one open batch for each company
 * and kind; recommending joins it, 回退 leaves it, the association's decision closes it. Inside a
 * transaction. */
#ifndef APP_BATCHES_JOIN_H
#define APP_BATCHES_JOIN_H

#include "app/core/app.h"
#include "domain/batch.h"

enum status batch_join(struct ctx *c, struct company_id company, enum batch_kind kind,
                       struct member_id who) MUST_USE;
enum status batch_leave(struct ctx *c,
                        struct member_id who) MUST_USE; /* the batch that the person waits in */
enum status batch_decide(struct ctx *c, struct member_id who,
                         struct str decision) MUST_USE; /* closes the batch */
enum status batch_undecide(struct ctx *c, struct member_id who) MUST_USE;
/* When the person joined it: the day of the recommendation, whatever was done and undone since. */
enum status batch_joined_on(struct ctx *c, struct member_id who, struct day *ret) MUST_USE;
/* Whose batch holds the latest recommendation; 0: there was none. */
enum status batch_company_of(struct ctx *c, struct member_id who, struct company_id *ret) MUST_USE;
/* Whether the association sent the latest recommendation back. False where there was none. */
enum status batch_was_returned(struct ctx *c, struct member_id who, bool *ret) MUST_USE;

#endif
