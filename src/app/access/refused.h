/* Refusals that matter, in the trail: who, from where, what was asked for. */
#ifndef APP_ACCESS_REFUSED_H
#define APP_ACCESS_REFUSED_H

#include "app/core/app.h"

/* A row for who was told ST_NOT_FOUND for an id that is not there or not theirs (c->sought; nobody logged in,
 * or nothing sought: none), ST_FORBIDDEN while logged in, or ST_TOO_MANY; nothing for any other answer.
 * `what` names the action, such as a route's method and pattern: nothing that was typed. An hour brings at
 * most LIMIT_REFUSAL_ROWS from a network: the last says so, what follows is counted. */
enum status app_audit_refused(struct ctx *c, enum status why, struct str what) MUST_USE;
/* One more that has no row: they are counted, and each hour a row says how many. */
void refusal_over(struct app *app);
/* That row, in a transaction of its own, where there is something to tell. */
enum status refusals_tell(struct ctx *c) MUST_USE;
/* Whether that answer has a row. */
bool refusal_has_row(const struct ctx *c, enum status why);

#endif
