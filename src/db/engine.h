/* What db.c, migrate.c and the two engines share. Only they include it. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "db/backup.h"
#include "db/db.h"

#include <stdatomic.h>

#define DB_OWN_QUERIES 4 /* those of migrate.c, with indexes -1, -2 … before the program's own */
#define DB_WAIT_MS     5000
#define DB_NO_ROOM_MS  5000 /* a write that found no room is remembered so long, or until one succeeds */

struct db {
    const struct engine *engine;
    struct db_options options; /* url ends in NUL; wait_ms is never 0 */
    struct arena *arena;       /* for what is made in db_open and lives until db_close */
    db_last_fn *last;
    _Atomic int64_t no_room_ms; /* when a write last found none, monotonic; 0: none since one succeeded */
    void *own;                  /* the engine's */
};

struct db_conn {
    struct db *db;
    struct arena *arena;
    struct fault *fault;
    void *own; /* the engine's */
    void *extra;
    db_last_fn *last;
    enum status failed; /* of the first statement that failed, else ST_OK */
    bool writes, over;
};

struct engine {
    enum db_engine kind;
    enum status (*open)(struct db *db,
                        struct fault *f); /* closes by itself what it opened before it failed */
    void (*close)(struct db *db);
    int (*waiting)(struct db *db);
    enum status (*begin)(struct db_conn *c);  /* to write or to read, by c->writes */
    enum status (*commit)(struct db_conn *c); /* gives the connection back whatever it returns */
    void (*end)(struct db_conn *c);           /* the same: rolls back, or ends the snapshot */
    enum status (*run)(struct db_conn *c, const struct db_query *q, const struct db_value *in, db_row_fn *row,
                       void *arg, int64_t *ret_rows); /* row and ret_rows may be NULL */
    enum status (*hold)(struct db_conn *c, const char *table, const int64_t *ids, size_t n);
    enum status (*script)(struct db_conn *c, const char *what,
                          const char *sql); /* many statements, no values */
    enum status (*check)(struct db_conn *c, const struct db_query *q);
    enum db_health (*health)(struct db *db);
    enum status (*look_over)(struct db_conn *c, db_say_fn *say, void *arg);
    enum status (*count_rows)(struct db_conn *c, db_count_fn *each, void *arg);
    enum status (*dump)(struct db_conn *c, const char *folder, db_piece_fn *take, void *arg);
};

extern const struct engine db_sqlite_engine, db_postgres_engine;

/* Asks the fault hook. */
bool db_may(const struct db *db, const char *what);
/* Records the failure and returns s: the detail for the log; for ST_UNAVAILABLE the text for the person as
 * well. */
enum status db_failed(struct db_conn *c, enum status s, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for a commit of which nobody knows whether it happened: the text says so. */
enum status db_in_doubt(struct db_conn *c, enum status s);
/* The same for a write that failed for lack of room, or because nothing may be written there; the database
 * counts as read-only for a while. */
enum status db_no_room(struct db_conn *c, enum status s);
/* The answer to a fault hook that said no. */
enum status db_refused(struct db_conn *c, const char *what);
const char *db_type_name(enum db_type type);

#endif
