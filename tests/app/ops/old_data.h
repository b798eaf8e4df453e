/* A register that a program of an earlier schema made (old/README.md), and its way to this version. */
#ifndef TESTS_APP_OPS_OLD_DATA_H
#define TESTS_APP_OPS_OLD_DATA_H

#include "filled.h"
#include "raw_sql.h"

#define OLD_PEOPLE 30

struct old {
    struct fixture x;
    struct str sql;
    int migrations; /* that the data was made under */
};

/* The data of old/NAME.sql under its own schema, and its key file; not migrated. */
int old_setup(void **state, const char *name, int migrations);
/* What a browser of then knew, or who somebody is. */
struct str old_known(struct old *o, const char *name);
int64_t old_known_number(struct old *o, const char *name);

enum status old_migrate(struct old *o, struct fault *f, int *ret_applied) MUST_USE;
/* Migrated, and open for use cases. */
void old_open(struct old *o);
/* doctor, and what the tests' own eyes see. */
void old_assert_well(struct old *o);
int old_teardown(void **state);

#endif
