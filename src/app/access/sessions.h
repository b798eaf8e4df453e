/* Who is logged in. A session is a random token in a cookie; the database holds its hash. Idle 30 minutes, 8
 * hours in all; for staff 15 minutes, 4 hours (design: limits). */
#ifndef APP_ACCESS_SESSIONS_H
#define APP_ACCESS_SESSIONS_H

#include "app/core/app.h"

void sessions_open(struct app *app); /* for feature.c */
/* Fills c->actor from a token, through c->db. A token that is unknown or over leaves nobody logged in: ST_OK.
 */
enum status app_session_find(struct ctx *c, struct str token) MUST_USE;
/* Whose session this was, if it ended by time (idle, or too long) within a day. ST_NOT_FOUND: of no one. */
enum status app_session_ended(struct ctx *c, struct str token, struct actor *ret) MUST_USE;
/* In a transaction: a new session for the account; the token lives in the arena. */
enum status session_start(struct ctx *c, struct account_id account, struct str *ret_token) MUST_USE;
/* The same for c->actor while the disk is full (app/access/adrift.h), with the password as it is stored. */
enum status session_start_adrift(struct ctx *c, struct str password, struct str *ret_token) MUST_USE;
int64_t session_idle_ms(enum side side);
enum status app_logout(struct ctx *c, struct str token) MUST_USE;

#endif
