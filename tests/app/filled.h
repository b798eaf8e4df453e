/* A register that demo fills, or may fill: migrated, with keys, nobody in it. Today is fixed. Ends with
 * register_teardown. */
#ifndef TESTS_APP_FILLED_H
#define TESTS_APP_FILLED_H

#include "app/core/open.h"
#include "register.h"

#include "app/demo/demo.h"

#define FILLED_PASSWORD "Demo-2026"
#define FILLED_TODAY    DAY(2026, 11, 23)

int empty_setup(void **state);
/* 120 members of 3 companies, by seed 1. */
int filled_setup(void **state);
enum status fill_demo(struct ctx *c, int64_t members, uint64_t seed, struct demo_report *ret) MUST_USE;
/* What opens the fixture's database again. */
struct app_options filled_options(struct fixture *x);

#endif
