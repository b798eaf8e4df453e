/* SQL past the program, as somebody with the database in his hands would write it: for tests of what is found
 * then. */
#ifndef TESTS_APP_RAW_SQL_H
#define TESTS_APP_RAW_SQL_H

#include "register.h"

void raw_sql(struct fixture *x, const char *sql);
int64_t raw_sql_number(struct fixture *x, const char *sql); /* of the first row */

#endif
