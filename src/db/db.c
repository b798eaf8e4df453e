#include "db/engine.h"

#include "base/day.h"
#include "base/utf8.h"

#include <stdatomic.h>
#include <stdio.h>

#define TEXT_NOT_SAVED "数据库暂时不可用，本次操作没有保存，请稍后再试。"
#define TEXT_NO_ROOM   "服务器的磁盘已满或不能写入，本次操作没有保存，请联系系统管理员腾出空间后再办理。"
#define TEXT_UNKNOWN   "数据库连接中断，不能确定本次操作是否已保存，请先查看结果再决定是否重试。"
#define TEXT_NOT_READ  "数据库暂时不可用，请稍后再试。"

bool db_may(const struct db *db, const char *what)
{
    return !db->options.may || db->options.may(db->options.may_arg, what);
}

enum status db_failed(struct db_conn *c, enum status s, const char *format, ...)
{
    char detail[sizeof c->fault->detail];
    va_list args;
    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    if (c->failed == ST_OK) c->failed = s;
    if (s == ST_UNAVAILABLE) fail(c->fault, s, "%s", c->writes ? TEXT_NOT_SAVED : TEXT_NOT_READ);
    return fail_detail(c->fault, s, "%s", detail);
}

enum status db_in_doubt(struct db_conn *c, enum status s)
{
    return fail(c->fault, s, "%s", TEXT_UNKNOWN);
}

enum status db_no_room(struct db_conn *c, enum status s)
{
    atomic_store(&c->db->no_room_ms, clock_monotonic_ms());
    return s == ST_UNAVAILABLE ? fail(c->fault, s, "%s", TEXT_NO_ROOM) : s;
}

enum status db_refused(struct db_conn *c, const char *what)
{
    return db_failed(c, ST_UNAVAILABLE, "%s: refused by the fault hook", what);
}

const char *db_type_name(enum db_type type)
{
    static const char *const NAMES[] = {[DB_INT] = "int", [DB_TEXT] = "text", [DB_BYTES] = "bytes"};
    return NAMES[type];
}

static const struct engine *engine_of(struct str url)
{
    if (str_starts(url, STR("sqlite:"))) return &db_sqlite_engine;
    if (str_starts(url, STR("postgresql://"))) return &db_postgres_engine;
    return NULL;
}

/* Connections rely on these without looking again. */
static enum status check_declarations(const struct db_options *o, struct fault *f)
{
    for (int i = 0; i < o->n_queries; i++) {
        const struct db_query *q = o->queries[i];
        if (q->index != i || q->n_in > DB_MAX_VALUES || q->n_out > DB_MAX_VALUES)
            return fail(f, ST_BROKEN, "query %s: index %d at place %d, %d inputs, %d columns", q->name,
                        q->index, i, q->n_in, q->n_out);
    }
    return ST_OK;
}

enum status db_open(const struct db_options *o, struct fault *f, struct db **ret)
{
    const struct engine *engine = engine_of(o->url);
    /* The URL itself is not shown: it may hold a password. */
    if (!engine || str_has_nul(o->url))
        return fail(f, ST_UNAVAILABLE, "the database must be given as sqlite:PATH or postgresql://…");
    TRY(check_declarations(o, f));
    struct arena *a = arena_new();
    struct db *db = ARENA_NEW(a, struct db);
    db->engine = engine;
    db->options = *o;
    db->options.url = arena_str(a, o->url);
    if (db->options.wait_ms <= 0) db->options.wait_ms = DB_WAIT_MS;
    if (db->options.connections <= 0) db->options.connections = 1;
    db->arena = a;
    enum status s = engine->open(db, f);
    if (s != ST_OK)
        arena_free(a);
    else
        *ret = db;
    return s;
}

void db_close(struct db *db)
{
    if (!db) return;
    db->engine->close(db);
    arena_free(db->arena);
}

enum db_engine db_engine(const struct db *db)
{
    return db->engine->kind;
}

int db_waiting(struct db *db)
{
    return db->engine->waiting(db);
}

enum db_health db_health(struct db *db)
{
    int64_t no_room_ms = atomic_load(&db->no_room_ms);
    bool lately = no_room_ms && clock_monotonic_ms() - no_room_ms < DB_NO_ROOM_MS;
    enum db_health health = db->engine->health(db);
    return health == DB_WELL && lately ? DB_READ_ONLY : health;
}

void db_set_last(struct db *db, db_last_fn *last)
{
    db->last = last;
}

static void end(void *conn)
{
    struct db_conn *c = conn;
    if (c->over) return;
    c->over = true;
    c->db->engine->end(c);
}

static enum status begin(struct db *db, struct arena *a, struct fault *f, bool writes, struct db_conn **ret)
{
    struct db_conn *c = ARENA_NEW(a, struct db_conn);
    c->db = db;
    c->arena = a;
    c->fault = f;
    c->last = db->last;
    c->writes = writes;
    TRY(db->engine->begin(c));
    arena_defer(a, end, c);
    *ret = c;
    return ST_OK;
}

enum status db_read(struct db *db, struct arena *a, struct fault *f, struct db_conn **ret)
{
    return begin(db, a, f, false, ret);
}

void db_read_end(struct db_conn *c)
{
    end(c);
}

enum status tx_begin(struct db *db, struct arena *a, struct fault *f, struct db_conn **ret)
{
    return begin(db, a, f, true, ret);
}

static enum status run_last(struct db_conn *c)
{
    if (!c->last) return ST_OK;
    if (!db_may(c->db, "last")) return db_refused(c, "last");
    TRY(c->last(c, c->extra));
    return c->failed; /* a statement's failure that it overlooked */
}

enum status tx_commit(struct db_conn *c)
{
    if (c->over || !c->writes) return fail_detail(c->fault, ST_BROKEN, "commit: no transaction is open here");
    enum status s = c->failed;
    if (s == ST_OK) s = run_last(c);
    if (s != ST_OK) {
        end(c);
        return s;
    }
    c->over = true;
    struct db *db = c->db;
    s = db->engine->commit(c);
    if (s == ST_OK && atomic_load(&db->no_room_ms)) atomic_store(&db->no_room_ms, 0);
    return s;
}

void tx_rollback(struct db_conn *c)
{
    end(c);
}

bool db_conn_writes(const struct db_conn *c)
{
    return c->writes;
}

void tx_extra_set(struct db_conn *c, void *extra)
{
    c->extra = extra;
}

struct fault *db_conn_fault(struct db_conn *c)
{
    return c->fault;
}

/* SQLite would take what PostgreSQL refuses; both must refuse the same. */
static enum status check_inputs(struct db_conn *c, const struct db_query *q, const struct db_value *in)
{
    for (int i = 0; i < q->n_in; i++) {
        if (in[i].null) continue;
        if (in[i].type != q->in[i])
            return db_failed(c, ST_BROKEN, "%s: input %d is %s, declared %s", q->name, i + 1,
                             db_type_name(in[i].type), db_type_name(q->in[i]));
        if (in[i].type == DB_TEXT && (str_has_nul(in[i].text) || !utf8_valid(in[i].text)))
            return db_failed(c, ST_BROKEN, "%s: input %d is not UTF-8 without NUL", q->name, i + 1);
    }
    return ST_OK;
}

static enum status run(struct db_conn *c, const struct db_query *q, const struct db_value *in, db_row_fn *row,
                       void *arg, int64_t *ret_rows)
{
    if (c->over) return fail_detail(c->fault, ST_BROKEN, "%s: after the end of its transaction", q->name);
    if (c->failed != ST_OK) return c->failed;
    TRY(check_inputs(c, q, in));
    if (!db_may(c->db, q->name)) return db_refused(c, q->name);
    return c->db->engine->run(c, q, in, row, arg, ret_rows);
}

enum status tx_hold(struct db_conn *c, const char *table, const int64_t *ids, size_t n)
{
    if (c->over || !c->writes) return fail_detail(c->fault, ST_BROKEN, "hold: no transaction is open here");
    if (c->failed != ST_OK) return c->failed;
    return n ? c->db->engine->hold(c, table, ids, n) : ST_OK;
}

enum status db_exec(struct db_conn *c, const struct db_query *q, const struct db_value *in, int64_t *ret_rows)
{
    return run(c, q, in, NULL, NULL, ret_rows);
}

struct taking {
    db_row_fn *row;
    void *arg;
    const struct db_value *values;
    enum status status;
    bool memory_gone;
};

static void take_row(void *taking)
{
    struct taking *t = taking;
    t->status = t->row(t->arg, t->values);
}

/* Memory may be gone while a row is taken: first the statement must come to its end. */
static enum status take_row_or_stop(void *taking, const struct db_value *values)
{
    struct taking *t = taking;
    t->values = values;
    t->memory_gone = !memory_try(NULL, take_row, t);
    return t->memory_gone ? ST_UNAVAILABLE : t->status;
}

enum status db_each(struct db_conn *c, const struct db_query *q, const struct db_value *in, db_row_fn *row,
                    void *arg)
{
    struct taking t = {.row = row, .arg = arg};
    enum status status = run(c, q, in, take_row_or_stop, &t, NULL);
    if (t.memory_gone) memory_gone();
    return status;
}

enum status db_look_over(struct db_conn *c, db_say_fn *say, void *arg)
{
    if (c->over) return fail_detail(c->fault, ST_BROKEN, "look over: after the end of its transaction");
    if (c->failed != ST_OK) return c->failed;
    return c->db->engine->look_over(c, say, arg);
}

enum status db_check_query(struct db *db, const struct db_query *q, struct fault *f)
{
    struct arena *a = arena_new();
    struct db_conn *c = NULL;
    enum status s = db_read(db, a, f, &c);
    if (s == ST_OK) s = db->engine->check(c, q);
    arena_free(a);
    return s;
}
