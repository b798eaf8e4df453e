/* What every use case is given, and what all of them share. A use case is a function app_NOUN_VERB(c, …): it
 * looks at who is asking, reads, asks the domain, saves, notes what it did (audit), commits. Functions
 * without the prefix are this floor's own parts. */
#ifndef APP_CORE_APP_H
#define APP_CORE_APP_H

#include "app/core/version.h"

/* A request or a command begins. */
void ctx_init(struct ctx *c, struct app *app, struct arena *a);

/* One snapshot for the reads of a request; does nothing when there is one, or a transaction. */
enum status app_read(struct ctx *c) MUST_USE;
void app_read_end(struct ctx *c);
/* A transaction: reads and writes go through it until it is committed or rolled back. Audit rows and counters
 * noted meanwhile are written with it. Rolled back when the arena ends first. What waits to be written (a
 * full disk) is written before, or ST_UNAVAILABLE. */
enum status app_begin(struct ctx *c) MUST_USE;
enum status app_commit(struct ctx *c) MUST_USE;
void app_rollback(struct ctx *c);
/* Whatever is still open: the request is over. */
void app_end(struct ctx *c);

/* Whether the database answers. */
enum status app_alive(struct ctx *c) MUST_USE;

/* Who may: ST_FORBIDDEN otherwise. A role the actor lacks is refused even if the routes table forgot it. */
enum status need_side(struct ctx *c, enum side side) MUST_USE;
enum status need_role(struct ctx *c, unsigned any_of) MUST_USE;
/* Whoever only looks neither changes anything nor sees full numbers: ST_FORBIDDEN; others pass. */
enum status need_more_than_view(struct ctx *c) MUST_USE;
/* A clerk of a company who may act for it, not only look. */
enum status need_clerk(struct ctx *c) MUST_USE;
/* The same words for what is not there and what is not theirs. */
static inline enum status not_found(struct ctx *c)
{
    return fail(&c->fault, ST_NOT_FOUND,
                c->actor.side == SIDE_COMPANY && c->actor.account.v ? "没有找到，或不属于本单位"
                                                                    : "没有找到");
}
/* ST_BAD_INPUT when a field was found wrong, else ST_OK. */
enum status problems_status(struct ctx *c) MUST_USE;

#endif
