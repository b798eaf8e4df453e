#include "db_fixture.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void give_up(const char *what, const char *why)
{
    fprintf(stderr, "db_fixture: %s: %s\n", what, why);
    exit(1);
}

bool db_fixture_is_postgres(void)
{
    const char *engine = getenv("TEST_DB");
    if (engine && !strcmp(engine, "postgres")) return true;
    if (engine && !strcmp(engine, "sqlite")) return false;
    give_up("TEST_DB", "must be sqlite or postgres");
}

static struct str cluster_url(void)
{
    const char *url = getenv("TEST_POSTGRES");
    if (!url || !*url) give_up("TEST_POSTGRES", "is not set: run the test under tests/postgres.py");
    return str_from(url);
}

static void run_at(const char *url, const char *sql)
{
    PGconn *pg = PQconnectdb(url);
    PGresult *r = PQexec(pg, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) give_up(sql, PQerrorMessage(pg));
    PQclear(r);
    PQfinish(pg);
}

static void run_on_cluster(struct arena *a, struct str sql)
{
    run_at(arena_cstr(a, cluster_url()), sql.p);
}

void db_fixture_sql(const struct db_fixture *x, const char *sql)
{
    run_at(arena_cstr(x->arena, x->url), sql);
}

/* scheme://authority/OLD?options with the name in place of OLD */
static struct str with_database(struct arena *a, struct str url, const char *name)
{
    struct str base, options, authority = url;
    bool has_options = str_cut(url, '?', &base, &options);
    size_t slash = base.n;
    while (slash > 0 && base.p[slash - 1] != '/')
        slash--;
    authority.n = slash;
    return arena_fmt(a, "%.*s%s%s%.*s", STR_ARG(authority), name, has_options ? "?" : "", STR_ARG(options));
}

static void new_postgres(struct db_fixture *x)
{
    static int made;
    x->name = arena_fmt(x->arena, "test_%d_%d", (int)getpid(), ++made).p;
    run_on_cluster(x->arena,
                   arena_fmt(x->arena,
                             "create database %s template template0 encoding 'UTF8' locale 'C.UTF-8'",
                             x->name));
    x->url = with_database(x->arena, cluster_url(), x->name);
}

static void new_sqlite(struct db_fixture *x)
{
    const char *base = getenv("TMPDIR");
    char *folder = arena_cstr(x->arena, arena_fmt(x->arena, "%s/huiyuan-test-XXXXXX", base ? base : "/tmp"));
    if (!mkdtemp(folder)) give_up(folder, "can't be made");
    x->folder = folder;
    x->url = arena_fmt(x->arena, "sqlite:%s/test.db", folder);
}

struct db_fixture *db_fixture_new(void)
{
    struct arena *a = arena_new();
    struct db_fixture *x = ARENA_NEW(a, struct db_fixture);
    x->arena = a;
    if (db_fixture_is_postgres())
        new_postgres(x);
    else
        new_sqlite(x);
    return x;
}

struct db *db_fixture_open(const struct db_fixture *x, const struct db_options *o)
{
    struct db_options options = *o;
    struct fault f = {0};
    struct db *db = NULL;
    options.url = x->url;
    options.create = true;
    if (db_open(&options, &f, &db) != ST_OK) give_up("db_open", f.text);
    return db;
}

static void remove_sqlite(const struct db_fixture *x)
{
    static const char *const SUFFIXES[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof SUFFIXES / sizeof *SUFFIXES; i++)
        unlink(arena_fmt(x->arena, "%s/test.db%s", x->folder, SUFFIXES[i]).p);
    rmdir(x->folder);
}

void db_fixture_free(struct db_fixture *x)
{
    if (x->name)
        run_on_cluster(x->arena, arena_fmt(x->arena, "drop database %s with (force)", x->name));
    else
        remove_sqlite(x);
    arena_free(x->arena);
}
