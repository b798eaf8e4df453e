/* Whichever database call of a use case fails: the right status, nothing half done, nothing acknowledged
 * lost, and trying again helps. The call fails before it happens, or (at its end) the whole group's COMMIT
 * does: db/db.h, db_may_fn. */
#ifndef TESTS_APP_TORTURE_H
#define TESTS_APP_TORTURE_H

#include "register.h"

#include <stdatomic.h>
#include <string.h>

/* Refuses call number fail_at, and with fail_on all that follow. */
struct saboteur {
    _Atomic int calls;
    int fail_at;
    bool fail_on;
    void (*first_call)(void *arg); /* or NULL */
    void *arg;
};
void saboteur_arm(struct fixture *x, struct saboteur *s, int fail_at);
void saboteur_disarm(struct fixture *x);

/* Which calls fail: on SQLite the odd ones, on PostgreSQL the even ones; all of both with EVERY_CALL. */
int torture_first(const struct fixture *x);
int torture_next(int n);
/* The number of the trail's newest row. */
int64_t torture_head(struct fixture *x);

/* What a use case hands out stands there only when it was done: no byte of it is written before the commit.
 */
#define UNTOUCHED 0xA5
#define OUTPUT(type, name)                                                                                   \
    type name;                                                                                               \
    memset(&(name), UNTOUCHED, sizeof(name))
#define OUTCOME(call, name) kept_unless_done((call), (const uint8_t *)&(name), sizeof(name))
enum status kept_unless_done(enum status s, const uint8_t *output, size_t size);

enum use_case_rows {
    NO_ROWS,
    ONE_ROW,  /* when it is done, and only then */
    ROWS,     /* some, when it is done, and only then */
    SOME_ROWS /* step by step: what leaves the register is noted before it is made, and after it */
};
/* `what` is the use case, as tests/app/core/test_use_cases.c knows it. `before` makes ready for it, once. */
struct use_case {
    const char *what;
    enum status (*run)(void *at, struct ctx *c);
    enum use_case_rows rows;
    void (*before)(void *at);
};
/* Tried, each time another call of it failing, until it goes through. */
void torture(struct fixture *x, const struct use_case *d, void *at);

#endif
