/* Everything that a snapshot shows out of a database, and into an empty one, in the engine's own form:
 * SQLite's file, PostgreSQL's `pg_dump --format=custom`. Bytes pass through in pieces: memory does not grow
 * with them. Faults are English, for the command line. */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include "db/db.h"

/* Each table of the database and its rows, by name. */
typedef void db_count_fn(void *arg, const char *table, int64_t rows);
enum status db_count_rows(struct db_conn *c, db_count_fn *each, void *arg) MUST_USE;

/* Hands out all that the snapshot of c shows, and stops no writer meanwhile. `folder` is private and empty:
 * SQLite's copy lies there until it is handed out. Any status of take but ST_OK ends it and is returned.
 * ST_UNAVAILABLE: no room, the database fails, or pg_dump is missing or older than the server. */
typedef enum status db_piece_fn(void *arg, struct bytes piece);
enum status db_dump(struct db_conn *c, const char *folder, db_piece_fn *take, void *arg) MUST_USE;

/* ST_CONFLICT when there is something where the URL leads: a file, its WAL; any table. */
enum status db_is_free(struct str url, struct arena *a, struct fault *f) MUST_USE;

/* Fills what is free; *ret of no bytes ends it. PostgreSQL: in one transaction. */
typedef enum status db_next_fn(void *arg, struct bytes *ret);
enum status db_load(struct str url, struct arena *a, db_next_fn *next, void *arg, struct fault *f) MUST_USE;

/* A free place to look at a dump in, which is gone when the arena ends: SQLite: in the folder; PostgreSQL: a
 * database of its own in the same cluster, for which the role needs CREATEDB. What killed ones left goes
 * first. */
enum status db_aside(struct str url, const char *folder, struct arena *a, struct fault *f,
                     struct str *ret_url) MUST_USE;

/* Where what will be the database of `url` is filled first: SQLite: in the folder, which is on the same disk,
 * and db_unstage gives it its name when nothing of that name is there; PostgreSQL: in its own place. */
struct str db_stage(struct str url, const char *folder, struct arena *a);
enum status db_unstage(struct str url, struct str staged, struct arena *a, struct fault *f) MUST_USE;

#endif
