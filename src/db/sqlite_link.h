/* One connection to an SQLite file with its prepared statements, for one thread at a time. Of sqlite.c only.
 */
#ifndef DB_SQLITE_LINK_H
#define DB_SQLITE_LINK_H

#include "db/engine.h"

#include <sqlite3.h>

/* A transaction begins deferred to read, immediate to write; "job" is the savepoint of one job in a group. */
enum control { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, JOB, JOB_KEEP, JOB_UNDO, CONTROLS };

/* Beside SQLite's own codes: found only after the COMMIT. SQLITE_READONLY_DBMOVED is found before it. */
#define LINK_MOVED_LATE (SQLITE_READONLY | (99 << 8))
bool link_moved(int code);

struct link {
    struct arena *arena; /* its own, and it lies in it */
    sqlite3 *handle;
    sqlite3_stmt *control[CONTROLS];
    sqlite3_stmt **statements; /* by query index + DB_OWN_QUERIES */
    int n_statements;
};

/* Functions that return int return SQLite's extended result code. */
int link_open(const struct db *db, const char *path, bool writes, struct link **ret);
/* Its close deletes no WAL: the path may lead to another database's by now. It writes it into the file as
 * ever, unless that is another's, too. */
void link_keep_wal(struct link *l, bool written);
void link_close(struct link *l);
int link_control(struct link *l, enum control what);
bool link_in_transaction(const struct link *l);

/* Those of struct engine, with the link that c stands for. */
enum status link_run(struct db_conn *c, struct link *l, const struct db_query *q, const struct db_value *in,
                     db_row_fn *row, void *arg, int64_t *ret_rows);
enum status link_script(struct db_conn *c, struct link *l, const char *what, const char *sql);
enum status link_look_over(struct db_conn *c, struct link *l, db_say_fn *say, void *arg);
enum status link_check(struct db_conn *c, struct link *l, const struct db_query *q);
/* Records a failure: what was done, its code, SQLite's words for it. */
enum status link_failed(struct db_conn *c, const char *what, int code, const char *why);

#endif
