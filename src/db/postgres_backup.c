#include "db/postgres_backup.h"

#include "base/buf.h"
#include "base/random.h"
#include "db/engine.h"
#include "db/program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE_BYTES (256u << 10)
#define URL_BYTES   (64u << 10)

/* Asking */

static void wrong(struct fault *f, const PGconn *pg, const char *what)
{
    const char *message = PQerrorMessage(pg);
    fail(f, ST_UNAVAILABLE, "%s: %.*s", what, (int)strcspn(message, "\n"), message);
}

/* NULL when it failed, which is said. */
static PGresult *ask(PGconn *pg, const char *sql, const char *what, struct fault *f)
{
    PGresult *r = PQexec(pg, sql);
    ExecStatusType how = PQresultStatus(r);
    if (how == PGRES_TUPLES_OK || how == PGRES_COMMAND_OK) return r;
    wrong(f, pg, what);
    PQclear(r);
    return NULL;
}

static enum status tell(PGconn *pg, const char *sql, const char *what, struct fault *f)
{
    PGresult *r = ask(pg, sql, what, f);
    PQclear(r);
    return r ? ST_OK : ST_UNAVAILABLE;
}

static enum status dial(const char *url, struct fault *f, PGconn **ret)
{
    PGconn *pg = PQconnectdb(url);
    if (PQstatus(pg) == CONNECTION_OK) {
        *ret = pg;
        return ST_OK;
    }
    wrong(f, pg, "can't use the PostgreSQL database");
    PQfinish(pg);
    return ST_UNAVAILABLE;
}

/* What a URL says, for a program: everything but passwords as one conninfo, the password by itself. */
struct target {
    const char *conninfo, *password;
};

static void quote(struct buf *to, const char *keyword, const char *value)
{
    buf_fmt(to, "%s='", keyword);
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\') buf_char(to, '\\');
        buf_char(to, *value);
    }
    buf_add(to, "' ", 2);
}

static enum status target_of(const char *url, struct arena *a, struct fault *f, struct target *ret)
{
    struct buf *text = buf_new(a, 256, URL_BYTES);
    PQconninfoOption *all = PQconninfoParse(url, NULL);
    if (!all) return fail(f, ST_UNAVAILABLE, "the URL of the database can't be read");
    ret->password = NULL;
    for (const PQconninfoOption *o = all; o->keyword; o++) {
        if (!o->val || !o->val[0]) continue;
        if (!strcmp(o->keyword, "password"))
            ret->password = arena_fmt(a, "%s", o->val).p;
        else if (o->dispchar[0] != '*')
            quote(text, o->keyword, o->val);
    }
    PQconninfoFree(all);
    ret->conninfo = arena_cstr(a, buf_text(text));
    return ST_OK;
}

static int major_of(const PGconn *pg)
{
    return PQserverVersion(pg) / 10000;
}

/* Out */

#define TABLES                                                                                               \
    "select relname, format('select count(*) from %I.%I', nspname, relname) from pg_class join "             \
    "pg_namespace n"                                                                                         \
    " on n.oid = relnamespace where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace" \
    " order by relname collate \"C\""

/* Counting, and waiting for pg_dump to begin, take what they take. */
#define PATIENTLY "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0"

enum status session_count_rows(struct db_conn *c, PGconn *pg, db_count_fn *each, void *arg)
{
    TRY(tell(pg, PATIENTLY, "count rows", c->fault));
    PGresult *tables = ask(pg, TABLES, "count rows", c->fault);
    enum status s = tables ? ST_OK : ST_UNAVAILABLE;
    for (int i = 0; s == ST_OK && i < PQntuples(tables); i++) {
        PGresult *r = ask(pg, PQgetvalue(tables, i, 1), "count rows", c->fault);
        if (r)
            each(arg, PQgetvalue(tables, i, 0), strtoll(PQgetvalue(r, 0, 0), NULL, 10));
        else
            s = ST_UNAVAILABLE;
        PQclear(r);
    }
    PQclear(tables);
    return s == ST_OK ? s : db_failed(c, s, "count rows");
}

static enum status hand_out(struct program *p, struct arena *a, db_piece_fn *take, void *arg, struct fault *f)
{
    uint8_t *piece = arena_alloc(a, PIECE_BYTES);
    for (;;) {
        ssize_t n = read(p->io, piece, PIECE_BYTES);
        if (n == 0) return ST_OK;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(f, ST_UNAVAILABLE, "pg_dump can't be read: %s", strerror(errno));
        TRY(take(arg, (struct bytes){piece, (size_t)n}));
    }
}

static enum status run_dump(struct db_conn *c, PGconn *pg, const char *snapshot, db_piece_fn *take, void *arg)
{
    struct target t;
    struct program p;
    const char *path;
    TRY(program_find("pg_dump", major_of(pg), PROGRAM_VERSIONS, c->arena, c->fault, &path));
    TRY(target_of(c->db->options.url.p, c->arena, c->fault, &t));
    const char *const argv[] = {path,
                                "--format=custom",
                                "--compress=1",
                                "--no-owner",
                                "--no-privileges",
                                "--no-password",
                                arena_fmt(c->arena, "--snapshot=%s", snapshot).p,
                                arena_fmt(c->arena, "--dbname=%s", t.conninfo).p,
                                NULL};
    TRY(program_start(&p, argv, t.password, false, c->fault));
    enum status s = hand_out(&p, c->arena, take, arg, c->fault);
    enum status ended = program_end(&p, "pg_dump", s != ST_OK, c->fault);
    return s == ST_OK ? ended : s;
}

enum status session_dump(struct db_conn *c, PGconn *pg, db_piece_fn *take, void *arg)
{
    TRY(tell(pg, PATIENTLY, "dump", c->fault));
    PGresult *r = ask(pg, "select pg_export_snapshot()", "dump", c->fault);
    if (!r) return ST_UNAVAILABLE;
    const char *snapshot = arena_fmt(c->arena, "%s", PQgetvalue(r, 0, 0)).p;
    PQclear(r);
    return run_dump(c, pg, snapshot, take, arg);
}

/* In */

enum status postgres_is_free(const char *url, struct fault *f)
{
    PGconn *pg;
    TRY(dial(url, f, &pg));
    PGresult *r =
        ask(pg,
            "select count(*), min(relname) from pg_class join pg_namespace n on n.oid = relnamespace"
            " where relkind in ('r', 'p', 'v', 'm', 'S', 'f') and nspname <> 'information_schema'"
            " and nspname not like 'pg\\_%'",
            "look what is there", f);
    enum status s = r ? ST_OK : ST_UNAVAILABLE;
    if (r && strcmp(PQgetvalue(r, 0, 0), "0") != 0)
        s = fail(f, ST_CONFLICT,
                 "the database %s is not empty (%s is there): nothing is overwritten; make a new one with "
                 "createdb",
                 PQdb(pg), PQgetvalue(r, 0, 1));
    PQclear(r);
    PQfinish(pg);
    return s;
}

static enum status feed(struct program *p, db_next_fn *next, void *arg, bool *ret_taken)
{
    for (struct bytes piece = {.n = 1}; piece.n;) {
        piece.n = 0;
        TRY(next(arg, &piece));
        *ret_taken = program_feed(p, piece);
        if (!*ret_taken) return ST_OK;
    }
    return ST_OK;
}

static enum status run_restore(PGconn *pg, const char *url, struct arena *a, db_next_fn *next, void *arg,
                               struct fault *f)
{
    struct target t;
    struct program p;
    const char *path;
    bool taken = true;
    TRY(program_find("pg_restore", major_of(pg), PROGRAM_VERSIONS, a, f, &path));
    TRY(target_of(url, a, f, &t));
    const char *const argv[] = {
        path,         "--format=custom", "--single-transaction", "--exit-on-error",
        "--no-owner", "--no-privileges", "--no-password",        arena_fmt(a, "--dbname=%s", t.conninfo).p,
        NULL};
    TRY(program_start(&p, argv, t.password, true, f));
    enum status s = feed(&p, next, arg, &taken);
    enum status ended = program_end(&p, "pg_restore", s != ST_OK, f);
    if (s == ST_OK && ended == ST_OK && !taken) return fail(f, ST_BROKEN, "pg_restore read only a part");
    return s == ST_OK ? ended : s;
}

enum status postgres_load(const char *url, struct arena *a, db_next_fn *next, void *arg, struct fault *f)
{
    PGconn *pg;
    TRY(dial(url, f, &pg));
    enum status s = run_restore(pg, url, a, next, arg, f);
    if (s == ST_OK) s = tell(pg, "analyze", "analyze", f);
    PQfinish(pg);
    return s;
}

/* Aside */

/* The connection holds a lock of the database's name: whose lock can be had was left behind. */
struct aside {
    PGconn *pg;
    const char *name;
};

static const char *drop_of(struct arena *a, const char *name)
{
    return arena_fmt(a, "drop database if exists \"%s\" with (force)", name).p;
}

static void aside_end(void *what)
{
    const struct aside *d = what;
    struct arena *a = arena_new();
    PQclear(PQexec(d->pg, drop_of(a, d->name)));
    PQfinish(d->pg);
    arena_free(a);
}

/* Names begin with ours and the number of the database beside which they were made: locks are of that one. */
#define PREFIX_SQL                                                                                           \
    "'huiyuan_verify_' || (select oid from pg_database where datname = current_database()) || '_'"

static enum status sweep(PGconn *pg, struct arena *a, struct fault *f)
{
    PGresult *left = ask(pg,
                         "select datname from pg_database where starts_with(datname, " PREFIX_SQL ")"
                         " and pg_try_advisory_lock(hashtextextended(datname, 0))",
                         "look what was left behind", f);
    for (int i = 0; left && i < PQntuples(left); i++)
        PQclear(PQexec(pg, drop_of(a, PQgetvalue(left, i, 0))));
    PQclear(left);
    return left ? tell(pg, "select pg_advisory_unlock_all()", "unlock", f) : ST_UNAVAILABLE;
}

static enum status create(PGconn *pg, struct arena *a, struct fault *f, const char **ret_name)
{
    char random[8];
    random_hex(random, sizeof random);
    PGresult *r =
        ask(pg,
            arena_fmt(a,
                      "select n.name, d.datcollate, d.datctype, pg_advisory_lock(hashtextextended(n.name, 0))"
                      " from (select " PREFIX_SQL " || '%.8s' as name) n, pg_database d"
                      " where d.datname = current_database()",
                      random)
                .p,
            "name a database", f);
    if (!r) return ST_UNAVAILABLE;
    const char *name = arena_fmt(a, "%s", PQgetvalue(r, 0, 0)).p;
    const char *sql = arena_fmt(a,
                                "create database \"%s\" template template0 encoding 'UTF8' lc_collate '%s'"
                                " lc_ctype '%s'",
                                name, PQgetvalue(r, 0, 1), PQgetvalue(r, 0, 2))
                          .p;
    PQclear(r);
    r = PQexec(pg, sql);
    const char *code = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    bool denied = code && !strcmp(code, "42501"), made = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    if (denied)
        return fail(f, ST_UNAVAILABLE,
                    "the role %s may not make the database in which a backup is looked at: ALTER ROLE \"%s\" "
                    "CREATEDB",
                    PQuser(pg), PQuser(pg));
    if (!made) wrong(f, pg, "can't make a database to look at the backup in");
    if (made) *ret_name = name;
    return made ? ST_OK : ST_UNAVAILABLE;
}

static void escape(struct buf *to, const char *value)
{
    for (; *value; value++)
        buf_fmt(to, "%%%02x", (unsigned)(unsigned char)*value);
}

/* The same URL but for the database: with everything that it says as a parameter. */
static struct str url_with(const char *url, const char *name, struct arena *a)
{
    struct buf *text = buf_new(a, 256, URL_BYTES);
    PQconninfoOption *all = PQconninfoParse(url, NULL);
    buf_fmt(text, "postgresql:///%s", name);
    char mark = '?';
    for (const PQconninfoOption *o = all; o && o->keyword; o++) {
        if (!o->val || !o->val[0] || !strcmp(o->keyword, "dbname")) continue;
        buf_fmt(text, "%c%s=", mark, o->keyword);
        escape(text, o->val);
        mark = '&';
    }
    PQconninfoFree(all);
    return arena_str(a, buf_text(text));
}

enum status postgres_aside(const char *url, struct arena *a, struct fault *f, struct str *ret_url)
{
    PGconn *pg;
    const char *name;
    TRY(dial(url, f, &pg));
    enum status s = sweep(pg, a, f);
    if (s == ST_OK) s = create(pg, a, f, &name);
    if (s != ST_OK) {
        PQfinish(pg);
        return s;
    }
    struct aside *d = ARENA_NEW(a, struct aside);
    d->pg = pg;
    d->name = name;
    arena_defer(a, aside_end, d);
    *ret_url = url_with(url, name, a);
    return ST_OK;
}
