#include "raw_sql.h"

#include <libpq-fe.h>
#include <sqlite3.h>

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
