#include "raw_sql.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>

static void on_sqlite(struct fixture *x, const char *sql)
{
    sqlite3 *db;
    struct str path = str_sub(x->db->url, 7, x->db->url.n); /* sqlite:PATH */
    assert_int_equal(sqlite3_open(path.p, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK) print_error("%s: %s\n", sql, sqlite3_errmsg(db));
    assert_int_equal(code, SQLITE_OK);
    sqlite3_close(db);
}

static void on_postgres(struct fixture *x, const char *sql)
{
    PGconn *pg = PQconnectdb(x->db->url.p);
    PGresult *r = PQexec(pg, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) print_error("%s: %s\n", sql, PQerrorMessage(pg));
    assert_int_equal(PQresultStatus(r), PGRES_COMMAND_OK);
    PQclear(r);
    PQfinish(pg);
}

void raw_sql(struct fixture *x, const char *sql)
{
    if (db_fixture_is_postgres())
        on_postgres(x, sql);
    else
        on_sqlite(x, sql);
}

static int64_t number_on_sqlite(struct fixture *x, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    struct str path = str_sub(x->db->url, 7, x->db->url.n);
    assert_int_equal(sqlite3_open(path.p, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return n;
}

static int64_t number_on_postgres(struct fixture *x, const char *sql)
{
    PGconn *pg = PQconnectdb(x->db->url.p);
    PGresult *r = PQexec(pg, sql);
    if (PQresultStatus(r) != PGRES_TUPLES_OK) print_error("%s: %s\n", sql, PQerrorMessage(pg));
    assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
    int64_t n = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
    PQclear(r);
    PQfinish(pg);
    return n;
}

int64_t raw_sql_number(struct fixture *x, const char *sql)
{
    return db_fixture_is_postgres() ? number_on_postgres(x, sql) : number_on_sqlite(x, sql);
}
