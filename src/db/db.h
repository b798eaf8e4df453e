/* One interface, two engines: SQLite (sqlite.c) and PostgreSQL (postgres.c), chosen by the URL. This floor
 * knows connections, transactions, statements and migrations; it knows no table. Statements come from sql/
 * through tools/queries.py: nobody writes SQL in C (but the engines' own BEGIN, COMMIT and PRAGMA).
 *
 * Reading: db_read lends this thread's read connection, in one transaction: one consistent snapshot.
 * Writing: tx_begin … tx_commit. On SQLite there is one write connection, lent in order of arrival; each job
 * runs inside a savepoint, jobs that wait share one COMMIT (group commit), and tx_commit returns only after
 * it. On PostgreSQL it is an ordinary transaction on a pooled connection (READ COMMITTED: guard updates by
 * the row count).
 *
 * What a statement may end with: ST_UNAVAILABLE when the database fails, with a text for the person;
 * ST_CONFLICT when a unique key is taken; ST_BROKEN for every other constraint, a wrong type, wrong SQL.
 * After a failed statement the transaction can only be rolled back, on both engines: further statements and
 * tx_commit return that first failure. fault.detail names the query and the engine's code, never a value.
 * fault.again is set where PostgreSQL chose this transaction to end a deadlock: nothing was done, and the
 * whole of it may be tried once more. */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/status.h"

struct db;      /* a database, for the whole process, any thread */
struct db_conn; /* what a request reads or writes through; begun, used and ended by one thread, ends with its
                   arena */

enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_type { DB_INT, DB_TEXT, DB_BYTES };

struct db_value {
    enum db_type type;
    bool null;
    union { /* by type */
        int64_t i;
        struct str text; /* going in: UTF-8 without NUL, else ST_BROKEN (PostgreSQL can't hold it) */
        struct bytes bytes;
    };
};

#define DB_MAX_VALUES 64 /* inputs or columns of a statement */

/* A statement of sql/queries/, made by tools/queries.py. `index` is its place among all of them: a connection
 * keeps them prepared in an array. Parameters are ?1 … in sqlite, $1::bigint, $1::text, $1::bytea … in
 * postgres. */
struct db_query {
    const char *name, *sqlite, *postgres;
    int index, n_in, n_out;
    const enum db_type *in, *out;
};

/* A file of sql/migrations/, made by tools/queries.py: text for each engine, SHA-256 (hex) of the file. */
struct db_migration {
    int number;
    const char *name, *sha256, *sqlite, *postgres;
};

/* Called by each database call before it happens, with what it is ("begin", a query's name, "last",
 * "release", "commit", "rollback"): the torture tests make it answer false, and the call fails as if the
 * database had; "commit" with the whole group, "rollback" too (SQLite). NULL in production. On PostgreSQL
 * several threads may be in it. */
typedef bool db_may_fn(void *arg, const char *what);

/* The arrays must outlive the database. */
struct db_options {
    struct str url; /* sqlite:PATH or postgresql://… */
    const struct db_query *const *queries;
    int n_queries;
    const struct db_migration *migrations;
    int n_migrations;
    int connections; /* PostgreSQL: at most so many */
    int wait_ms;     /* to wait for a connection, or another process's lock on SQLite; 0: 5000 */
    bool create;     /* SQLite: make the file if it is not there (0600, its folder 0700) */
    db_may_fn *may;
    void *may_arg;
};

/* ST_UNAVAILABLE when it can't be opened: fault.text, English for the command line, says what to do. */
enum status db_open(const struct db_options *o, struct fault *f, struct db **ret) MUST_USE;
void db_close(struct db *db); /* when no other thread is in a call; NULL is fine */
enum db_engine db_engine(const struct db *db);
/* Threads that wait for their turn to write (SQLite) or for a connection (PostgreSQL) at this moment. */
int db_waiting(struct db *db);

/* Whether it can be read and written at this moment, without writing. DB_READ_ONLY: a disk that is full or
 * may not be written, a server that is not the primary, or a write that failed for lack of room a moment ago.
 * DB_GONE: the server does not answer, the file was moved, replaced, deleted, or (until
 * it is opened anew) cut short. */
enum db_health { DB_WELL, DB_READ_ONLY, DB_GONE };
enum db_health db_health(struct db *db);

/* Called inside tx_commit, before anything is final: what must be written last (audit, counters). One for a
 * database, set at start. Any status but ST_OK makes the commit fail. `extra` is what tx_extra_set put there,
 * else NULL. Not called for migrations. */
typedef enum status db_last_fn(struct db_conn *tx, void *extra);
void db_set_last(struct db *db, db_last_fn *last);

/* The snapshot ends with db_read_end or the arena. It can't write. A thread reads one snapshot at a time
 * (SQLite: a second one is ST_BROKEN). */
enum status db_read(struct db *db, struct arena *a, struct fault *f, struct db_conn **ret) MUST_USE;
void db_read_end(struct db_conn *c);

/* Waits for its turn. The transaction is rolled back when the arena ends without tx_commit. A thread has one
 * at a time (SQLite: a second one is ST_BROKEN). After tx_commit or tx_rollback c is void. */
enum status tx_begin(struct db *db, struct arena *a, struct fault *f, struct db_conn **ret) MUST_USE;
/* ST_OK: durable. Anything else: nothing was done. One exception: when PostgreSQL is lost while it commits,
 * nobody knows, and where an SQLite file is moved away while it commits, nobody will find it; that is
 * ST_UNAVAILABLE too, and its text says so to the person. */
enum status tx_commit(struct db_conn *c) MUST_USE;
void tx_rollback(struct db_conn *c);
bool db_conn_writes(const struct db_conn *c);
void tx_extra_set(struct db_conn *c, void *extra);
struct fault *db_conn_fault(struct db_conn *c);

/* Holds these rows of a table against other writers until the transaction ends, in the order of their ids
 * whatever order they come in: who decides on rows holds them first and reads them then, so that nobody is
 * decided on as they were, and two who want the same rows do not wait for each other. Ids that are not there
 * are passed over. Nothing to do on SQLite, where one writes at a time. */
enum status tx_hold(struct db_conn *c, const char *table, const int64_t *ids, size_t n) MUST_USE;

/* Statements, for the generated code. */
enum status db_exec(struct db_conn *c, const struct db_query *q, const struct db_value *in,
                    int64_t *ret_rows) MUST_USE;
/* Calls row for each row, in order, with n_out values that live until it returns; ST_OK from row goes on, any
 * other status ends the statement and is returned. */
typedef enum status db_row_fn(void *arg, const struct db_value *row);
/* row may use other statements, not the same one. Its failure leaves the transaction as it is. */
enum status db_each(struct db_conn *c, const struct db_query *q, const struct db_value *in, db_row_fn *row,
                    void *arg) MUST_USE;

/* Migrations, forward only, each in a transaction of its own, recorded in table schema_migration with its
 * checksum. Two processes that migrate at once take turns. ST_CONFLICT when the database is NEWER or CHANGED;
 * what the earlier ones of a failed run did stays. */
enum db_schema {
    DB_SCHEMA_CURRENT,
    DB_SCHEMA_EMPTY,
    DB_SCHEMA_OLDER,
    DB_SCHEMA_NEWER,  /* holds a migration that this program does not know */
    DB_SCHEMA_CHANGED /* a migration that was applied is not the one that this program holds */
};
enum status db_schema_state(struct db *db, struct fault *f, enum db_schema *ret) MUST_USE;
enum status db_migrate(struct db *db, struct fault *f, int *ret_applied) MUST_USE;
/* Goes through the whole database, page by page, and says in English what is wrong with it: damaged pages,
 * foreign keys that lead nowhere (PostgreSQL: constraints and indexes that are not valid, checksums of pages
 * that did not match). ST_OK whatever is found; ST_UNAVAILABLE when the damage ends the reading. */
typedef void db_say_fn(void *arg, const char *text);
enum status db_look_over(struct db_conn *c, db_say_fn *say, void *arg) MUST_USE;
/* Prepares a statement and compares its parameters and columns with its declaration: for the test that does
 * so with every query on both engines. ST_BROKEN with the difference in fault.detail. */
enum status db_check_query(struct db *db, const struct db_query *q, struct fault *f) MUST_USE;

#endif
