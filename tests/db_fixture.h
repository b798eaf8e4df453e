/* A fresh, empty database for a test, on the engine that TEST_DB names (sqlite or postgres). For PostgreSQL
 * the cluster is given by TEST_POSTGRES, a URL of its database postgres (see tests/postgres.py). What goes
 * wrong here ends the test program with a line that says so. */
#ifndef TESTS_DB_FIXTURE_H
#define TESTS_DB_FIXTURE_H

#include "db/db.h"

struct db_fixture {
    struct arena *arena;
    struct str url;
    const char *folder; /* SQLite: where the file lies, alone */
    const char *name;   /* PostgreSQL: of the database */
};

bool db_fixture_is_postgres(void);
struct db_fixture *db_fixture_new(void);
/* As db_open, with the fixture's URL, made if it is not there. */
struct db *db_fixture_open(const struct db_fixture *x, const struct db_options *o);
/* PostgreSQL: as the superuser, in the fixture's database. */
void db_fixture_sql(const struct db_fixture *x, const char *sql);
void db_fixture_free(struct db_fixture *x); /* when the database is closed */

#endif
