/* A register for tests of the app floor: migrated, with keys, two companies, the association's accounts, and
 * people as a test asks for them. Today is fixed. What goes wrong here fails the test that asked. */
#ifndef TESTS_APP_REGISTER_H
#define TESTS_APP_REGISTER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* base/status.h has one, too */

#include "app/core/app.h"
#include "app/members/decide.h"
#include "db_fixture.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Prints the fault, which a bare comparison would hide. */
#define assert_ok(c, call)                                                                                   \
    do {                                                                                                     \
        enum status ok_ = (call);                                                                            \
        if (ok_ != ST_OK) print_error("%s: %s %s\n", #call, (c)->fault.text, (c)->fault.detail);             \
        assert_int_equal(ok_, ST_OK);                                                                        \
    } while (0)

struct fixture {
    struct db_fixture *db;
    struct arena *arena;
    struct app *app;
    struct str keys_path;
    struct company_id company, other;
    struct account_id clerk, other_clerk, membership, viewer;
    bool (*may)(void *arg, const char *what); /* asked by each database call (db/db.h); NULL: all may */
    void *may_arg;
};

int register_setup(void **state); /* cmocka: one for a test */
int register_teardown(void **state);

/* A request of someone, in an arena that ends with the fixture's. */
struct ctx *as_command_line(struct fixture *x);
struct ctx *as_clerk(struct fixture *x);
struct ctx *as_other_clerk(struct fixture *x);
struct ctx *as_membership(struct fixture *x);
struct ctx *as_viewer(struct fixture *x);
struct ctx *as_member(struct fixture *x, struct member_id id);

/* What is in force in the process: a test may change it, for the requests that begin afterwards too. */
struct settings *settings_of(struct fixture *x);

struct sample {
    const char *name, *id_number, *mobile, *major, *address;
};
/* Submitted, working for the company; what a sample leaves out is filled in. */
struct member_id person_add(struct fixture *x, struct company_id company, const struct sample *p);
void decide(struct ctx *c, enum member_event event, const struct member_id *ids, size_t n);

/* How many rows of the trail have this event and result; the newest one's note. */
int64_t trail_count(struct fixture *x, const char *event, const char *result);
struct str trail_note(struct fixture *x, const char *event);
/* Files and folders left beside the database (SQLite), besides its own. */
int files_left(struct fixture *x);

#endif
