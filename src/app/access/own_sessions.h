/* One's own sessions: where one is logged in, and how it was before (contract-desks.md, /sessions). */
#ifndef APP_ACCESS_OWN_SESSIONS_H
#define APP_ACCESS_OWN_SESSIONS_H

#include "app/core/app.h"

/* How the account stood when this session began. */
struct last_login {
    int64_t before_at; /* its last login until then; 0: none */
    int64_t failures;  /* since */
};
/* ST_NOT_FOUND: the session is in no table. */
enum status app_last_login(struct ctx *c, struct str token, struct last_login *ret) MUST_USE;

struct own_session {
    struct session_id id;
    int64_t since, seen;
    struct str device, address; /* empty: not known */
    bool current;               /* the one that asks */
};
struct own_sessions {
    LIST(struct own_session);
};
/* Those that still let in, newest first. */
enum status app_own_sessions(struct ctx *c, struct str token, struct own_sessions *ret) MUST_USE;
/* ST_NOT_FOUND: there is none, or it is another account's. */
enum status app_own_session_end(struct ctx *c, struct session_id id) MUST_USE;
enum status app_own_sessions_end_others(struct ctx *c, struct str token) MUST_USE;

#endif
