/* When an SQLite disk is full somebody must still be able to look. A login works then: its session lives in
 * the process and can only read, for every change begins by writing what waits here (the session, its row of
 * the trail), in order, before anything new; from then on it is a session like any other. What may be tried
 * is counted here meanwhile. All of it is bounded; rows that find no place are counted, in the log and by
 * doctor (event system.trail_lost). */
#ifndef APP_ACCESS_ADRIFT_H
#define APP_ACCESS_ADRIFT_H

#include "app/access/limits.h"

void adrift_open(struct app *app); /* for feature.c; ends with the process's arena, and logs what it lost */

/* Whether what ended with s did so because there is no room, and this is the way out. Then the context is as
 * before it. */
bool adrift_takes_over(struct ctx *c, enum status s);

/* Of c->actor: a session with this token's hash, opened with the password that is stored so. ST_UNAVAILABLE
 * when no more find a place. */
enum status adrift_login(struct ctx *c, struct bytes token_hash, struct str password) MUST_USE;
/* A login of that account (none: nobody's) was refused. */
void adrift_refused(struct ctx *c, const struct actor *tried);
void adrift_logout(struct ctx *c, struct bytes token_hash);

struct adrift_session {
    struct account_id account;
    struct str password; /* as it was stored at the login; in c's arena */
    int64_t since, seen;
};
bool adrift_find(struct ctx *c, struct bytes token_hash, struct adrift_session *ret);
void adrift_seen(struct ctx *c, struct bytes token_hash);

/* One try, counted under all these limits (at most ADRIFT_LIMITS), each of which has so many of the
 * database's behind it already; or ST_TOO_MANY, and it is not counted. */
#define ADRIFT_LIMITS 3
enum status adrift_take(struct ctx *c, const struct limit *limits, const int64_t *before, size_t n) MUST_USE;
/* Tries under this limit no longer count, under whatever else they were counted. */
void adrift_clear(struct ctx *c, const struct limit *l);
int64_t adrift_count(struct ctx *c, const struct limit *l);

/* What is good once, a captcha or a piece of work. True the first time. */
bool adrift_spend(struct ctx *c, struct bytes nonce);
bool adrift_is_spent(struct ctx *c, struct bytes nonce);

#endif
