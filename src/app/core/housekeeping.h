/* What nobody waits for: when sessions were last seen, and the sweeping of what is over (sessions, attempts,
 * spent captchas, answers to forms, drafts, kept photos, files that nothing links): at once, for a server may
 * have stood still for long, and then every hour. One thread beside the server. */
#ifndef APP_CORE_HOUSEKEEPING_H
#define APP_CORE_HOUSEKEEPING_H

#include "app/core/app.h"

struct housekeeping;

struct housekeeping *housekeeping_start(struct app *app); /* NULL: no thread can be had */
void housekeeping_stop(struct housekeeping *h);           /* writes what is noted; NULL is fine */
/* Any thread, never waits for the database. Forgotten when too many come at once: the next request says it
 * again. */
void housekeeping_seen(struct housekeeping *h, struct session_id session);
/* Something waits for the next round: it comes now. Any thread; NULL is fine. */
void housekeeping_soon(struct housekeeping *h);
/* One round, for the thread and for tests: notes what was `seen`, and, with `sweep`, does all the sweeping.
 * Ends the transactions and snapshots that it begins, unless it fails. */
enum status housekeeping_round(struct ctx *c, const struct session_id *seen, size_t n, bool sweep) MUST_USE;

#endif
