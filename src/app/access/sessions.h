/* Who is logged in. A session is a random token in a cookie; the database holds its hash. Idle 30 minutes, 8
 * hours in all; for staff 15 minutes, 4 hours (design: limits). */
#ifndef APP_ACCESS_SESSIONS_H
#define APP_ACCESS_SESSIONS_H

#include "app/core/app.h"
#include "gen/rows.h"

void sessions_open(struct app *app); /* for feature.c */
/* Fills c->actor from a token, through c->db. A token that is unknown or over leaves nobody logged in: ST_OK.
 */
enum status app_session_find(struct ctx *c, struct str token) MUST_USE;
/* Whose session this was, if it ended by time (idle, or too long) within a day. ST_NOT_FOUND: of no one. */
enum status app_session_ended(struct ctx *c, struct str token, struct actor *ret) MUST_USE;
/* In a transaction: a new session for the account, from c's device; the token lives in the arena. before_at
 * and failures: its last login until now (0: none) and how often its password was wrong since. */
enum status session_start(struct ctx *c, struct account_id account, int64_t before_at, int64_t failures,
                          struct str *ret_token) MUST_USE;
/* The same for c->actor while the disk is full (app/access/adrift.h), with the password as it is stored. */
enum status session_start_adrift(struct ctx *c, struct str password, struct str *ret_token) MUST_USE;
int64_t session_idle_ms(enum side side);
/* Idle, or too long. */
bool session_is_over(const struct ctx *c, enum side side, int64_t since, int64_t seen);
/* What it was opened from, as text; empty where that is not known. */
struct session_source {
    struct str device, address;
};
enum status session_source(struct ctx *c, const struct session_line *row,
                           struct session_source *ret) MUST_USE;

/* For feature.c. */
enum status look_at_sessions(struct ctx *c, struct str *ret_wrong) MUST_USE;
enum status app_logout(struct ctx *c, struct str token) MUST_USE;

#endif
