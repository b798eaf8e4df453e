/* A small pool of connections to PostgreSQL. Of postgres.c only. */
#ifndef DB_POOL_H
#define DB_POOL_H

#include "db/engine.h"

#include <libpq-fe.h>

#define POOL_WHY_SIZE 200

struct pool;

struct session {
    PGconn *pg;
    bool *prepared; /* by query index + DB_OWN_QUERIES */
    struct arena *arena;
    unsigned generation;
    struct session *next;
};

struct pool *pool_new(struct arena *a, const struct db_options *o);
void pool_end(struct pool *p); /* when all sessions are back */
/* An idle session, or a fresh one, or after wait_ms none: false, and why. */
bool pool_take(struct pool *p, struct session **ret, bool *ret_fresh, char ret_why[POOL_WHY_SIZE]);
void pool_give(struct pool *p, struct session *s);
void pool_drop(struct pool *p, struct session *s); /* one that is broken or in doubt */
/* The server is not what it was (shut down, or no longer the one that may write): whatever is open is not
 * used again, and the next one who comes connects anew. */
void pool_renew(struct pool *p);
int pool_waiting(struct pool *p);

#endif
