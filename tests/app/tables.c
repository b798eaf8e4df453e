#include "tables.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define FNV_START 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

static uint64_t hash_more(uint64_t hash, const void *bytes, size_t n)
{
    const uint8_t *p = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ p[i]) * FNV_PRIME;
    return hash;
}

static uint64_t hash_row(sqlite3_stmt *row)
{
    uint64_t hash = FNV_START;
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        int type = sqlite3_column_type(row, i);
        hash = hash_more(hash, &type, sizeof type);
        const void *bytes = sqlite3_column_blob(row, i);
        hash = hash_more(hash, bytes, (size_t)sqlite3_column_bytes(row, i));
    }
    return hash;
}

static struct table_print table_on_sqlite(struct fixture *x, sqlite3 *db, const char *name)
{
    sqlite3_stmt *rows;
    uint64_t sum = 0;
    struct table_print t = {.name = arena_str(x->arena, str_from(name))};
    const char *sql = arena_fmt(x->arena, "select * from \"%s\"", name).p;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        t.rows++;
        sum += hash_row(rows);
    }
    sqlite3_finalize(rows);
    t.sum = (int64_t)sum;
    return t;
}

static void all_on_sqlite(struct fixture *x, struct table_prints *ret)
{
    sqlite3 *db;
    sqlite3_stmt *names;
    struct str path = str_sub(x->db->url, 7, x->db->url.n); /* sqlite:PATH */
    assert_int_equal(sqlite3_open(path.p, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    const char *sql =
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name";
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &names, NULL), SQLITE_OK);
    while (sqlite3_step(names) == SQLITE_ROW)
        *ARENA_PUSH(x->arena, ret) = table_on_sqlite(x, db, (const char *)sqlite3_column_text(names, 0));
    sqlite3_finalize(names);
    sqlite3_close(db);
}

static void all_on_postgres(struct fixture *x, struct table_prints *ret)
{
    PGconn *pg = PQconnectdb(x->db->url.p);
    PGresult *names = PQexec(pg, "select tablename from pg_tables where schemaname = 'public' order by 1");
    assert_int_equal(PQresultStatus(names), PGRES_TUPLES_OK);
    for (int i = 0; i < PQntuples(names); i++) {
        struct str name = arena_str(x->arena, str_from(PQgetvalue(names, i, 0)));
        const char *sql =
            arena_fmt(x->arena,
                      "select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text"
                      " from \"%s\" t",
                      name.p)
                .p;
        PGresult *r = PQexec(pg, sql);
        assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
        const char *sum = PQgetvalue(r, 0, 1);
        *ARENA_PUSH(x->arena, ret) = (struct table_print){name, strtoll(PQgetvalue(r, 0, 0), NULL, 10),
                                                          (int64_t)hash_more(FNV_START, sum, strlen(sum))};
        PQclear(r);
    }
    PQclear(names);
    PQfinish(pg);
}

struct table_prints tables_now(struct fixture *x)
{
    struct table_prints all = {0};
    if (db_fixture_is_postgres())
        all_on_postgres(x, &all);
    else
        all_on_sqlite(x, &all);
    assert_true(all.n > 20);
    return all;
}

static bool excepted(struct str name, const char *const *but)
{
    for (; *but; but++)
        if (str_eq(name, str_from(*but))) return true;
    return false;
}

void assert_tables_same(const struct table_prints *before, const struct table_prints *after,
                        const char *const *but)
{
    int wrong = 0;
    assert_int_equal(before->n, after->n);
    for (size_t i = 0; i < before->n; i++) {
        const struct table_print *b = &before->p[i], *a = &after->p[i];
        assert_true(str_eq(b->name, a->name));
        if ((b->rows == a->rows && b->sum == a->sum) || excepted(b->name, but)) continue;
        print_error("table %s differs: %ld rows, then %ld\n", b->name.p, (long)b->rows, (long)a->rows);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}
