/* What stands in each table, so that two moments can be compared: of all rows, whatever their order. */
#ifndef TESTS_APP_TABLES_H
#define TESTS_APP_TABLES_H

#include "register.h"

struct table_print {
    struct str name;
    int64_t rows, sum; /* of a hash of each */
};
struct table_prints {
    LIST(struct table_print);
};

struct table_prints tables_now(struct fixture *x);
/* Fails, with the name, for the first table that differs and is not in `but` (names, NULL behind the last).
 */
void assert_tables_same(const struct table_prints *before, const struct table_prints *after,
                        const char *const *but);

#endif
