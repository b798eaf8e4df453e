/* PostgreSQL through libpq: a small pool of connections, statements prepared once on each, values in binary.
 */
#include "db/engine.h"

#include "base/buf.h"
#include "db/pool.h"
#include "db/postgres_backup.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

/* Reading sees one snapshot, writing the newest rows: updates are guarded by their row count. */
#define BEGIN_READ  "begin isolation level repeatable read read only"
#define BEGIN_WRITE "begin isolation level read committed"

/* From PostgreSQL's catalogue pg_type, fixed for all versions. */
enum oid { OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_VARCHAR = 1043 };
static const Oid OID_OF[] = {[DB_INT] = OID_INT8, [DB_TEXT] = OID_TEXT, [DB_BYTES] = OID_BYTEA};

static bool fits(Oid oid, enum db_type type)
{
    switch (type) {
    case DB_INT:
        return oid == OID_INT2 || oid == OID_INT4 || oid == OID_INT8;
    case DB_TEXT:
        return oid == OID_TEXT || oid == OID_VARCHAR;
    case DB_BYTES:
        return oid == OID_BYTEA;
    }
    return false;
}

static enum status status_of(const char *sqlstate)
{
    static const struct {
        const char *starts;
        enum status status;
    } STATES[] = {
        {"23505", ST_CONFLICT},                            /* unique */
        {"08", ST_UNAVAILABLE},    {"40", ST_UNAVAILABLE}, /* connection; deadlock */
        {"53", ST_UNAVAILABLE},    {"55", ST_UNAVAILABLE}, /* disk, memory; not now */
        {"57", ST_UNAVAILABLE},    {"58", ST_UNAVAILABLE}, /* shut down, timed out; I/O */
        {"25P03", ST_UNAVAILABLE},                         /* idle in a transaction for too long */
        {"XX", ST_UNAVAILABLE},                            /* damaged */
    };
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++) {
        if (!strncmp(sqlstate, STATES[i].starts, strlen(STATES[i].starts))) return STATES[i].status;
    }
    return ST_BROKEN;
}

/* It goes down, or a writer may only read (it is no longer the primary): the connections that are open lead
 * nowhere. What a reader writes is our own mistake. */
static bool changed_its_role(const struct db_conn *c, const char *sqlstate)
{
    return (c->writes && !strcmp(sqlstate, "25006")) || !strncmp(sqlstate, "57P0", 4);
}

static const char *field(const PGresult *r, int code)
{
    const char *s = PQresultErrorField(r, code);
    return s ? s : "";
}

/* Since PostgreSQL 15 not everybody may make tables. */
static enum status may_not_create(struct db_conn *c)
{
    const struct session *s = c->own;
    enum status status = db_failed(c, ST_UNAVAILABLE, "postgres 42501");
    return fail(c->fault, status,
                "the role %s may not make tables in database %s: let its owner run there"
                " GRANT CREATE ON SCHEMA public TO \"%s\"",
                PQuser(s->pg), PQdb(s->pg), PQuser(s->pg));
}

/* Messages of class 22 (data) quote values, which must not get into a log. */
static enum status failed(struct db_conn *c, const char *what, const PGresult *r)
{
    const struct session *s = c->own;
    const char *sqlstate = field(r, PG_DIAG_SQLSTATE);
    bool changed = changed_its_role(c, sqlstate);
    if (changed) pool_renew(c->db->own);
    if (PQstatus(s->pg) == CONNECTION_BAD || !*sqlstate)
        return db_failed(c, ST_UNAVAILABLE, "%s: connection lost %s", what, sqlstate);
    const char *message = strncmp(sqlstate, "22", 2) == 0 ? "" : field(r, PG_DIAG_MESSAGE_PRIMARY);
    bool chosen = !strcmp(sqlstate, "40P01") || !strcmp(sqlstate, "40001");
    if (chosen && c->fault) c->fault->again = true;
    bool no_room = c->writes &&
                   (!strcmp(sqlstate, "25006") || !strncmp(sqlstate, "53", 2) || !strncmp(sqlstate, "58", 2));
    if (!strcmp(sqlstate, "42501") && !strcmp(what, "schema_migration_make")) return may_not_create(c);
    enum status status = db_failed(c, changed ? ST_UNAVAILABLE : status_of(sqlstate), "%s: postgres %s %s",
                                   what, sqlstate, message);
    return no_room ? db_no_room(c, status) : status;
}

static bool succeeded(const PGresult *r)
{
    ExecStatusType s = PQresultStatus(r);
    return s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK;
}

/* SQL that commits or rolls back by itself: what follows must not run outside of the transaction. */
static enum status outcome(struct db_conn *c, const char *what, const PGresult *r)
{
    const struct session *s = c->own;
    if (!succeeded(r)) return failed(c, what, r);
    if (PQtransactionStatus(s->pg) != PQTRANS_INTRANS)
        return db_failed(c, ST_BROKEN, "%s: it ended the transaction", what);
    return ST_OK;
}

static enum status postgres_script(struct db_conn *c, const char *what, const char *sql)
{
    const struct session *s = c->own;
    PGresult *r = PQexec(s->pg, sql);
    enum status status = outcome(c, what, r);
    PQclear(r);
    return status;
}

/* Transactions */

/* One that lay idle may have died (a restart of the server): nothing is done yet, so the next one is tried,
 * until one that was opened just now fails too. */
static enum status postgres_begin(struct db_conn *c)
{
    struct pool *pool = c->db->own;
    for (;;) {
        struct session *s = NULL;
        bool fresh;
        char why[POOL_WHY_SIZE];
        if (!pool_take(pool, &s, &fresh, why)) return db_failed(c, ST_UNAVAILABLE, "begin: %s", why);
        c->own = s;
        enum status status = db_may(c->db, "begin")
                                 ? postgres_script(c, "begin", c->writes ? BEGIN_WRITE : BEGIN_READ)
                                 : db_refused(c, "begin");
        if (status == ST_OK) return ST_OK;
        bool lost = PQstatus(s->pg) == CONNECTION_BAD;
        pool_drop(pool, s);
        if (fresh || !lost) return status;
        c->failed = ST_OK;
    }
}

/* Back to the pool, if it is clean. */
static void give_back(struct db_conn *c)
{
    struct session *s = c->own;
    if (PQstatus(s->pg) == CONNECTION_OK && PQtransactionStatus(s->pg) == PQTRANS_IDLE)
        pool_give(c->db->own, s);
    else
        pool_drop(c->db->own, s);
}

/* A connection that is not asked to roll back is dropped, and the server rolls back. */
static void postgres_end(struct db_conn *c)
{
    const struct session *s = c->own;
    if (!c->writes || db_may(c->db, "rollback")) PQclear(PQexec(s->pg, "rollback"));
    give_back(c);
}

static enum status committed(struct db_conn *c, const PGresult *r)
{
    const struct session *s = c->own;
    if (PQstatus(s->pg) == CONNECTION_BAD) {
        enum status status = failed(c, "commit", r);
        return db_in_doubt(c, status);
    }
    if (!succeeded(r)) return failed(c, "commit", r);
    if (strcmp(PQcmdStatus((PGresult *)r), "COMMIT") != 0)
        return db_failed(c, ST_BROKEN, "commit: the server rolled back");
    return ST_OK;
}

static enum status postgres_commit(struct db_conn *c)
{
    const char *refused = !db_may(c->db, "release") ? "release" : !db_may(c->db, "commit") ? "commit" : NULL;
    if (refused) {
        enum status status = db_refused(c, refused);
        postgres_end(c);
        return status;
    }
    const struct session *s = c->own;
    PGresult *r = PQexec(s->pg, "commit");
    enum status status = committed(c, r);
    PQclear(r);
    give_back(c);
    return status;
}

/* Rows are locked above the sort, one after the other. Not against foreign keys that point at them. */
#define HOLD "select id from %s where id = any($1::bigint[]) order by id for no key update"

static enum status postgres_hold(struct db_conn *c, const char *table, const int64_t *ids, size_t n)
{
    const struct session *s = c->own;
    if (!db_may(c->db, "hold")) return db_refused(c, "hold");
    struct buf *list = buf_new(c->arena, n * 8, n * 24 + 8);
    for (size_t i = 0; i < n; i++)
        buf_fmt(list, "%c%ld", i ? ',' : '{', (long)ids[i]);
    buf_add(list, "}", 2);
    const char *const values[] = {buf_text(list).p};
    PGresult *r = PQexecParams(s->pg, arena_fmt(c->arena, HOLD, table).p, 1, NULL, values, NULL, NULL, 1);
    enum status status = outcome(c, "hold", r);
    PQclear(r);
    buf_free(list);
    return status;
}

/* Statements */

static void statement_name(int index, char ret[16])
{
    snprintf(ret, 16, "q%d", index + DB_OWN_QUERIES);
}

static enum status prepare(struct db_conn *c, const struct db_query *q)
{
    struct session *s = c->own;
    bool *prepared = &s->prepared[q->index + DB_OWN_QUERIES];
    if (*prepared) return ST_OK;
    char name[16];
    Oid types[DB_MAX_VALUES];
    for (int i = 0; i < q->n_in; i++)
        types[i] = OID_OF[q->in[i]];
    statement_name(q->index, name);
    PGresult *r = PQprepare(s->pg, name, q->postgres, q->n_in, types);
    *prepared = succeeded(r);
    enum status status = *prepared ? ST_OK : failed(c, q->name, r);
    PQclear(r);
    return status;
}

/* Values as libpq wants them; integers are turned into big-endian in place. */
struct inputs {
    const char *values[DB_MAX_VALUES];
    int lengths[DB_MAX_VALUES], formats[DB_MAX_VALUES];
    uint64_t integers[DB_MAX_VALUES];
};

static void put_input(struct inputs *in, int i, const struct db_value *v)
{
    in->formats[i] = 1;
    in->lengths[i] = 0;
    in->values[i] = NULL;
    if (v->null) return;
    switch (v->type) {
    case DB_INT:
        in->integers[i] = htobe64((uint64_t)v->i);
        in->values[i] = (const char *)&in->integers[i];
        in->lengths[i] = sizeof in->integers[i];
        break;
    case DB_TEXT:
        in->values[i] = v->text.n ? v->text.p : "";
        in->lengths[i] = (int)v->text.n;
        break;
    case DB_BYTES:
        in->values[i] = v->bytes.n ? (const char *)v->bytes.p : "";
        in->lengths[i] = (int)v->bytes.n;
        break;
    }
}

static PGresult *execute(struct session *s, const struct db_query *q, const struct db_value *values)
{
    struct inputs in;
    char name[16];
    for (int i = 0; i < q->n_in; i++)
        put_input(&in, i, &values[i]);
    statement_name(q->index, name);
    return PQexecPrepared(s->pg, name, q->n_in, in.values, in.lengths, in.formats, 1);
}

static int64_t integer(const char *p, int size)
{
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (size) {
    case sizeof two:
        memcpy(&two, p, sizeof two);
        return (int16_t)be16toh(two);
    case sizeof four:
        memcpy(&four, p, sizeof four);
        return (int32_t)be32toh(four);
    default:
        memcpy(&eight, p, sizeof eight);
        return (int64_t)be64toh(eight);
    }
}

static struct db_value value(const PGresult *r, int row, int column, enum db_type type)
{
    struct db_value v = {.type = type, .null = PQgetisnull(r, row, column)};
    if (v.null) return v;
    const char *p = PQgetvalue(r, row, column);
    int size = PQgetlength(r, row, column);
    switch (type) {
    case DB_INT:
        v.i = integer(p, size);
        break;
    case DB_TEXT:
        v.text = (struct str){p, (size_t)size};
        break;
    case DB_BYTES:
        v.bytes = (struct bytes){(const uint8_t *)p, (size_t)size};
        break;
    }
    return v;
}

static enum status check_columns(struct db_conn *c, const struct db_query *q, const PGresult *r)
{
    if (PQnfields(r) != q->n_out)
        return db_failed(c, ST_BROKEN, "%s: %d columns, declared %d", q->name, PQnfields(r), q->n_out);
    for (int i = 0; i < q->n_out; i++) {
        if (!fits(PQftype(r, i), q->out[i]))
            return db_failed(c, ST_BROKEN, "%s: column %d has type %u, declared %s", q->name, i + 1,
                             PQftype(r, i), db_type_name(q->out[i]));
    }
    return ST_OK;
}

static enum status give_rows(struct db_conn *c, const struct db_query *q, const PGresult *r, db_row_fn *row,
                             void *arg)
{
    struct db_value values[DB_MAX_VALUES];
    TRY(check_columns(c, q, r));
    for (int i = 0; i < PQntuples(r); i++) {
        for (int j = 0; j < q->n_out; j++)
            values[j] = value(r, i, j, q->out[j]);
        TRY(row(arg, values));
    }
    return ST_OK;
}

static enum status postgres_run(struct db_conn *c, const struct db_query *q, const struct db_value *in,
                                db_row_fn *row, void *arg, int64_t *ret_rows)
{
    TRY(prepare(c, q));
    PGresult *r = execute(c->own, q, in);
    enum status status = outcome(c, q->name, r);
    if (status == ST_OK && row) status = give_rows(c, q, r, row, arg);
    if (status == ST_OK && ret_rows) *ret_rows = strtoll(PQcmdTuples(r), NULL, 10);
    PQclear(r);
    return status;
}

static enum status check_described(struct db_conn *c, const struct db_query *q, const PGresult *r)
{
    if (PQnparams(r) != q->n_in)
        return db_failed(c, ST_BROKEN, "%s: %d inputs, declared %d", q->name, PQnparams(r), q->n_in);
    for (int i = 0; i < q->n_in; i++) {
        if (PQparamtype(r, i) != OID_OF[q->in[i]])
            return db_failed(c, ST_BROKEN, "%s: input %d has type %u, declared %s", q->name, i + 1,
                             PQparamtype(r, i), db_type_name(q->in[i]));
    }
    return check_columns(c, q, r);
}

static enum status postgres_check(struct db_conn *c, const struct db_query *q)
{
    const struct session *s = c->own;
    PGresult *r = PQprepare(s->pg, "", q->postgres, 0, NULL);
    if (succeeded(r)) {
        PQclear(r);
        r = PQdescribePrepared(s->pg, "");
    }
    enum status status = succeeded(r) ? check_described(c, q, r) : failed(c, q->name, r);
    PQclear(r);
    return status;
}

/* The first connection is opened at once, so that what is wrong is said at the start. */
static enum status postgres_open(struct db *db, struct fault *f)
{
    struct pool *pool = pool_new(db->arena, &db->options);
    struct session *s = NULL;
    bool fresh;
    char why[POOL_WHY_SIZE];
    if (!pool_take(pool, &s, &fresh, why)) {
        pool_end(pool);
        return fail(f, ST_UNAVAILABLE, "can't use the PostgreSQL database: %s", why);
    }
    pool_give(pool, s);
    db->own = pool;
    return ST_OK;
}

static enum db_health may_write(struct db_conn *c)
{
    const struct session *s = c->own;
    PGresult *r = PQexec(s->pg, "show transaction_read_only");
    bool answers = PQresultStatus(r) == PGRES_TUPLES_OK;
    bool read_only = answers && !strcmp(PQgetvalue(r, 0, 0), "on");
    PQclear(r);
    if (read_only) pool_renew(c->db->own); /* the next connection may lead to the one that may write */
    return !answers ? DB_GONE : read_only ? DB_READ_ONLY : DB_WELL;
}

static enum db_health postgres_health(struct db *db)
{
    struct fault f = {0};
    struct db_conn c = {.db = db, .arena = arena_new(), .fault = &f, .writes = true};
    enum db_health health = DB_GONE;
    if (postgres_begin(&c) == ST_OK) {
        health = may_write(&c);
        PQclear(PQexec(((struct session *)c.own)->pg, "rollback"));
        give_back(&c);
    }
    arena_free(c.arena);
    return health;
}

/* The rest of what SQLite's check does the server sees to by itself, with every read. */
static enum status postgres_look_over(struct db_conn *c, db_say_fn *say, void *arg)
{
    static const char FOUND[] =
        "select 'constraint ' || conname || ' of ' || conrelid::regclass || ' was never checked'"
        " from pg_constraint where not convalidated and connamespace = current_schema()::regnamespace "
        "union all select 'index ' || indexrelid::regclass || ' is not valid: reindex it'"
        " from pg_index where not indisvalid "
        "union all select checksum_failures || ' pages did not match their checksum, last at ' ||"
        " checksum_last_failure from pg_stat_database where datname = current_database() and "
        "checksum_failures > 0";
    const struct session *s = c->own;
    PGresult *r = PQexec(s->pg, FOUND);
    enum status status = outcome(c, "look over", r);
    for (int i = 0; status == ST_OK && i < PQntuples(r); i++)
        say(arg, PQgetvalue(r, i, 0));
    PQclear(r);
    return status;
}

static enum status postgres_count_rows(struct db_conn *c, db_count_fn *each, void *arg)
{
    const struct session *s = c->own;
    return session_count_rows(c, s->pg, each, arg);
}

static enum status postgres_dump(struct db_conn *c, const char *folder, db_piece_fn *take, void *arg)
{
    const struct session *s = c->own;
    (void)folder;
    return session_dump(c, s->pg, take, arg);
}

static void postgres_close(struct db *db)
{
    pool_end(db->own);
}

static int postgres_waiting(struct db *db)
{
    return pool_waiting(db->own);
}

const struct engine db_postgres_engine = {
    .kind = DB_POSTGRES,
    .open = postgres_open,
    .close = postgres_close,
    .waiting = postgres_waiting,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .end = postgres_end,
    .run = postgres_run,
    .hold = postgres_hold,
    .script = postgres_script,
    .check = postgres_check,
    .health = postgres_health,
    .look_over = postgres_look_over,
    .count_rows = postgres_count_rows,
    .dump = postgres_dump,
};
