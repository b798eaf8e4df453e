#include "db/sqlite_link.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Page cache: 16 MiB for the writer, 4 MiB a reader, so a dozen threads stay at 64 MiB; what readers read
 * again and again they find in the mapped file. Temporary files stay on disk for the writer: with them in
 * memory the release of a savepoint walks the whole journal of a large transaction after each statement, and
 * 100 000 rows take six times as long. */
#define SETTINGS        "pragma mmap_size = 268435456;"
#define READER_SETTINGS SETTINGS "pragma temp_store = memory; pragma cache_size = -4096;"
#define WRITER_SETTINGS                                                                                      \
    SETTINGS "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -16384;"             \
             "pragma journal_size_limit = 67108864;"

static const char *const CONTROL_SQL[CONTROLS] = {
    [BEGIN_READ] = "begin",         [BEGIN_WRITE] = "begin immediate", [COMMIT] = "commit",
    [ROLLBACK] = "rollback",        [JOB] = "savepoint job",           [JOB_KEEP] = "release job",
    [JOB_UNDO] = "rollback to job",
};

void link_keep_wal(struct link *l, bool written)
{
    int keep = 1;
    sqlite3_db_config(l->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !written, NULL);
    sqlite3_file_control(l->handle, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
}

void link_close(struct link *l)
{
    for (int i = 0; i < l->n_statements; i++)
        sqlite3_finalize(l->statements[i]);
    for (int i = 0; i < CONTROLS; i++)
        sqlite3_finalize(l->control[i]);
    sqlite3_close(l->handle);
    arena_free(l->arena);
}

static int configure(sqlite3 *handle, const char *settings)
{
    static const struct {
        int what, on;
    } SWITCHES[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},   {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    };
    for (size_t i = 0; i < sizeof SWITCHES / sizeof *SWITCHES; i++) {
        int code = sqlite3_db_config(handle, SWITCHES[i].what, SWITCHES[i].on, NULL);
        if (code != SQLITE_OK) return code;
    }
    return sqlite3_exec(handle, settings, NULL, NULL, NULL);
}

int link_open(const struct db *db, const char *path, bool writes, struct link **ret)
{
    int flags = writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    struct arena *a = arena_new();
    struct link *l = ARENA_NEW(a, struct link);
    l->arena = a;
    l->n_statements = db->options.n_queries + DB_OWN_QUERIES;
    l->statements = ARENA_ARRAY(a, (size_t)l->n_statements, sqlite3_stmt *);
    /* One thread at a time uses it, so SQLite need not lock. */
    int code = sqlite3_open_v2(path, &l->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(l->handle, 1);
        sqlite3_busy_timeout(l->handle, db->options.wait_ms);
        code = configure(l->handle, writes ? WRITER_SETTINGS : READER_SETTINGS);
    }
    if (code != SQLITE_OK)
        link_close(l);
    else
        *ret = l;
    return code;
}

static int prepare(struct link *l, const char *sql, sqlite3_stmt **slot)
{
    if (*slot) return SQLITE_OK;
    return sqlite3_prepare_v3(l->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
}

int link_control(struct link *l, enum control what)
{
    int code = prepare(l, CONTROL_SQL[what], &l->control[what]);
    if (code != SQLITE_OK) return code;
    sqlite3_step(l->control[what]);
    return sqlite3_reset(l->control[what]);
}

bool link_in_transaction(const struct link *l)
{
    return sqlite3_get_autocommit(l->handle) == 0;
}

static enum status status_of(int code, bool writes)
{
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ? ST_CONFLICT
                                                                                        : ST_BROKEN;
    case SQLITE_READONLY: /* a file system that can't be written any more, but for a reader our own mistake */
        return writes ? ST_UNAVAILABLE : ST_BROKEN;
    case SQLITE_ABORT: /* the group's transaction is gone */
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_NOTADB:
        return ST_UNAVAILABLE;
    default:
        return ST_BROKEN;
    }
}

static bool is_no_room(int code)
{
    int kind = code & 0xff;
    return kind == SQLITE_FULL || kind == SQLITE_IOERR || (kind == SQLITE_READONLY && !link_moved(code));
}

bool link_moved(int code)
{
    return code == SQLITE_READONLY_DBMOVED || code == LINK_MOVED_LATE;
}

enum status link_failed(struct db_conn *c, const char *what, int code, const char *why)
{
    if (link_moved(code)) {
        enum status s =
            db_failed(c, ST_UNAVAILABLE, "%s: the database was moved, replaced, cut or deleted", what);
        return code == LINK_MOVED_LATE ? db_in_doubt(c, s) : s;
    }
    enum status s = db_failed(c, status_of(code, c->writes), "%s: sqlite %d %s", what, code, why);
    return c->writes && is_no_room(code) ? db_no_room(c, s) : s;
}

static int bind_one(sqlite3_stmt *stmt, int at, const struct db_value *v)
{
    if (v->null) return sqlite3_bind_null(stmt, at);
    switch (v->type) {
    case DB_INT:
        return sqlite3_bind_int64(stmt, at, v->i);
    case DB_TEXT:
        return sqlite3_bind_text64(stmt, at, v->text.n ? v->text.p : "", v->text.n, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case DB_BYTES:
        return sqlite3_bind_blob64(stmt, at, v->bytes.n ? (const void *)v->bytes.p : "", v->bytes.n,
                                   SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static int bind_all(sqlite3_stmt *stmt, const struct db_query *q, const struct db_value *in)
{
    int code = SQLITE_OK;
    for (int i = 0; i < q->n_in && code == SQLITE_OK; i++)
        code = bind_one(stmt, i + 1, &in[i]);
    return code;
}

static bool column(sqlite3_stmt *stmt, int at, enum db_type type, struct db_value *ret)
{
    static const int STORED[] = {
        [DB_INT] = SQLITE_INTEGER, [DB_TEXT] = SQLITE_TEXT, [DB_BYTES] = SQLITE_BLOB};
    /* One look-up of the column for all that is asked of it; the connection is this thread's alone. */
    sqlite3_value *value = sqlite3_column_value(stmt, at);
    int stored = sqlite3_value_type(value);
    ret->type = type;
    ret->null = stored == SQLITE_NULL;
    if (ret->null) return true;
    if (stored != STORED[type]) return false;
    switch (type) {
    case DB_INT:
        ret->i = sqlite3_value_int64(value);
        break;
    case DB_TEXT:
        ret->text.p = (const char *)sqlite3_value_text(value);
        ret->text.n = (size_t)sqlite3_value_bytes(value);
        break;
    case DB_BYTES: /* SQLite gives NULL for no bytes, which would read as "none" */
        ret->bytes.p = sqlite3_value_blob(value);
        if (!ret->bytes.p) ret->bytes.p = (const uint8_t *)"";
        ret->bytes.n = (size_t)sqlite3_value_bytes(value);
        break;
    }
    return true;
}

static enum status give_row(struct db_conn *c, const struct db_query *q, sqlite3_stmt *stmt, db_row_fn *row,
                            void *arg)
{
    struct db_value values[DB_MAX_VALUES];
    for (int i = 0; i < q->n_out; i++) {
        if (!column(stmt, i, q->out[i], &values[i]))
            return db_failed(c, ST_BROKEN, "%s: column %d is not %s", q->name, i + 1,
                             db_type_name(q->out[i]));
    }
    return row(arg, values);
}

static enum status step_all(struct db_conn *c, const struct db_query *q, sqlite3_stmt *stmt, db_row_fn *row,
                            void *arg)
{
    int code;
    if (row && sqlite3_column_count(stmt) != q->n_out)
        return db_failed(c, ST_BROKEN, "%s: %d columns, declared %d", q->name, sqlite3_column_count(stmt),
                         q->n_out);
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (row) TRY(give_row(c, q, stmt, row, arg));
    }
    if (code != SQLITE_DONE) return link_failed(c, q->name, code, sqlite3_errmsg(sqlite3_db_handle(stmt)));
    return ST_OK;
}

/* SQL that commits or rolls back by itself does so to the whole group: what follows must not run outside of
 * it. */
static enum status check_still_open(struct db_conn *c, const struct link *l, const char *what)
{
    if (!c->writes || c->failed != ST_OK || link_in_transaction(l)) return c->failed;
    return db_failed(c, ST_BROKEN, "%s: it ended the transaction", what);
}

enum status link_run(struct db_conn *c, struct link *l, const struct db_query *q, const struct db_value *in,
                     db_row_fn *row, void *arg, int64_t *ret_rows)
{
    sqlite3_stmt **slot = &l->statements[q->index + DB_OWN_QUERIES];
    int code = prepare(l, q->sqlite, slot);
    if (code != SQLITE_OK) return link_failed(c, q->name, code, sqlite3_errmsg(l->handle));
    if (sqlite3_stmt_busy(*slot)) return db_failed(c, ST_BROKEN, "%s: used inside itself", q->name);
    code = bind_all(*slot, q, in);
    enum status status = code == SQLITE_OK ? step_all(c, q, *slot, row, arg)
                                           : link_failed(c, q->name, code, sqlite3_errmsg(l->handle));
    int64_t rows = sqlite3_changes64(l->handle);
    sqlite3_reset(*slot);
    sqlite3_clear_bindings(*slot);
    TRY(check_still_open(c, l, q->name));
    if (status == ST_OK && ret_rows) *ret_rows = rows;
    return status;
}

enum status link_script(struct db_conn *c, struct link *l, const char *what, const char *sql)
{
    int code = sqlite3_exec(l->handle, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK) return link_failed(c, what, code, sqlite3_errmsg(l->handle));
    return check_still_open(c, l, what);
}

static enum status check_declared(struct db_conn *c, const struct db_query *q, sqlite3_stmt *stmt)
{
    static const char *const STORED[] = {[DB_INT] = "INTEGER", [DB_TEXT] = "TEXT", [DB_BYTES] = "BLOB"};
    int n_in = sqlite3_bind_parameter_count(stmt), n_out = sqlite3_column_count(stmt);
    if (n_in != q->n_in || n_out != q->n_out)
        return db_failed(c, ST_BROKEN, "%s: %d inputs and %d columns, declared %d and %d", q->name, n_in,
                         n_out, q->n_in, q->n_out);
    for (int i = 0; i < n_in; i++) {
        if (!sqlite3_bind_parameter_name(stmt, i + 1))
            return db_failed(c, ST_BROKEN, "%s: input %d is not used", q->name, i + 1);
    }
    for (int i = 0; i < n_out; i++) {
        const char *stored = sqlite3_column_decltype(stmt, i); /* NULL for an expression */
        if (stored && strcasecmp(stored, STORED[q->out[i]]) != 0)
            return db_failed(c, ST_BROKEN, "%s: column %d is %s, declared %s", q->name, i + 1, stored,
                             db_type_name(q->out[i]));
    }
    return ST_OK;
}

struct findings {
    db_say_fn *say;
    void *arg;
};

/* One column: quick_check, "ok" when there is nothing. More: a row of foreign_key_check. */
static int finding(void *arg, int n, char **values, char **names)
{
    const struct findings *f = arg;
    char text[256];
    (void)names;
    const char *first = values[0] ? values[0] : "";
    if (n == 1 && !strcmp(first, "ok")) return 0;
    if (n > 2)
        snprintf(text, sizeof text, "row %s of %s names a row of %s that is not there",
                 values[1] ? values[1] : "?", first, values[2] ? values[2] : "?");
    else
        snprintf(text, sizeof text, "%s", first);
    for (char *p = strchr(text, '\n'); p; p = strchr(p, '\n'))
        *p = ' ';
    f->say(f->arg, text);
    return 0;
}

enum status link_look_over(struct db_conn *c, struct link *l, db_say_fn *say, void *arg)
{
    static const char *const CHECKS[] = {"pragma quick_check(10)", "pragma foreign_key_check"};
    struct findings f = {say, arg};
    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++) {
        int code = sqlite3_exec(l->handle, CHECKS[i], finding, &f, NULL);
        if (code != SQLITE_OK) return link_failed(c, CHECKS[i], code, sqlite3_errmsg(l->handle));
    }
    return ST_OK;
}

enum status link_check(struct db_conn *c, struct link *l, const struct db_query *q)
{
    sqlite3_stmt *stmt = NULL;
    const char *rest = NULL;
    int code = sqlite3_prepare_v3(l->handle, q->sqlite, -1, 0, &stmt, &rest);
    if (code != SQLITE_OK) return link_failed(c, q->name, code, sqlite3_errmsg(l->handle));
    enum status status = rest[strspn(rest, " \t\r\n;")]
                             ? db_failed(c, ST_BROKEN, "%s: more than one statement", q->name)
                             : check_declared(c, q, stmt);
    sqlite3_finalize(stmt);
    return status;
}
