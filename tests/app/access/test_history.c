/* The passwords that somebody had: the last five are not used again, whoever changed them and whatever was
 * given out in between. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/history.h"
#include "app/companies/companies.h"
#include "app/core/settings.h"

#define FIRST "Zhaoqi-8842" /* of the fixture's staff */

static enum status change(struct fixture *x, const char *from, const char *to)
{
    struct str token = STR("untouched");
    struct ctx *c = as_membership(x);
    enum status s = app_password_change(c, str_from(from), str_from(to), str_from(to), &token);
    if (s == ST_BAD_INPUT) {
        assert_problem(c, "password");
        assert_text(token, "untouched");
    }
    app_end(c);
    return s;
}

/* Each is tried from the one that was last accepted. */
static void the_last_five_are_not_used_again(void **state)
{
    static const struct {
        const char *password;
        enum status status;
    } STEPS[] = {
        {"Qiushui-0001", ST_OK},
        {FIRST, ST_BAD_INPUT},
        {"Qiushui-0001", ST_BAD_INPUT},
        {"Qiushui-0002", ST_OK},
        {"Qiushui-0001", ST_BAD_INPUT},
        {"Qiushui-0003", ST_OK},
        {"Qiushui-0004", ST_OK},
        {FIRST, ST_BAD_INPUT},
        {"Qiushui-0005", ST_OK},
        {"Qiushui-0001", ST_BAD_INPUT},
        {FIRST, ST_OK}, /* six ago */
        {"Qiushui-0005", ST_BAD_INPUT},
        {"Qiushui-0002", ST_BAD_INPUT},
        {"Qiushui-0001", ST_OK},
    };
    struct fixture *x = *state;
    const char *now = FIRST;
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        enum status s = change(x, now, STEPS[i].password);
        if (s != STEPS[i].status) print_error("step %zu: %s\n", i, STEPS[i].password);
        assert_int_equal(s, STEPS[i].status);
        if (s == ST_OK) now = STEPS[i].password;
    }
    assert_int_equal(raw_sql_number(x, "select count(*) from password_history"),
                     5); /* and no more are kept */
}

/* Whoever tries an old one knows the current one: that locks nobody out. */
static void old_ones_are_no_guesses(void **state)
{
    struct fixture *x = *state;
    assert_int_equal(change(x, FIRST, "Qiushui-0001"), ST_OK);
    for (int i = 0; i < 7; i++)
        assert_int_equal(change(x, "Qiushui-0001", FIRST), ST_BAD_INPUT);
    assert_int_equal(change(x, "Qiushui-0001", "Qiushui-0002"), ST_OK);
}

static struct str reset(struct fixture *x)
{
    struct one_time made;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_reset_password(c, x->company, &made));
    app_end(c);
    return made.password;
}

static enum status clerk_changes(struct fixture *x, struct str from, const char *to)
{
    struct str token;
    struct ctx *c = as_clerk(x);
    enum status s = app_password_change(c, from, str_from(to), str_from(to), &token);
    app_end(c);
    return s;
}

/* What is given out in between pushes nothing out of the memory, and is none of the five itself. */
static void a_reset_brings_no_old_one_back(void **state)
{
    struct fixture *x = *state;
    struct str first = reset(x);
    int64_t before = raw_sql_number(x, "select count(*) from password_history");
    assert_int_equal(clerk_changes(x, first, "Qiushui-0001"), ST_OK);
    assert_int_equal(clerk_changes(x, STR("Qiushui-0001"), "Qiushui-0002"), ST_OK);
    for (int i = 0; i < 6; i++)
        reset(x);
    assert_int_equal(raw_sql_number(x, "select count(*) from password_history"), before + 2);
    struct str given = reset(x);
    assert_int_equal(clerk_changes(x, given, "Qiushui-0001"), ST_BAD_INPUT);
    assert_int_equal(clerk_changes(x, given, "Qiushui-0002"), ST_BAD_INPUT);
    assert_int_equal(clerk_changes(x, given, "Qiushui-0003"), ST_OK);
}

/* One account's are not another's. */
static void everybody_has_their_own(void **state)
{
    struct fixture *x = *state;
    struct str token;
    assert_int_equal(change(x, FIRST, "Qiushui-0001"), ST_OK);
    struct ctx *c = as_viewer(x);
    assert_ok(c, app_password_change(c, STR(FIRST), STR("Qiushui-0001"), STR("Qiushui-0001"), &token));
}

static void a_change_that_was_refused_leaves_no_row(void **state)
{
    struct fixture *x = *state;
    struct str token;
    struct ctx *c = as_membership(x);
    assert_int_equal(app_password_change(c, STR("wrong"), STR("Qiushui-0001"), STR("Qiushui-0001"), &token),
                     ST_BAD_INPUT);
    app_end(c);
    assert_int_equal(raw_sql_number(x, "select count(*) from password_history"), 0);
}

/* A password whose hash somebody put in the wrong place can still be given out anew. */
static void what_does_not_open_is_not_remembered(void **state)
{
    struct fixture *x = *state;
    raw_sql(x, "update account set onetime = 0, password = 'nonsense' where side = 'company'");
    reset(x);
    assert_int_equal(raw_sql_number(x, "select count(*) from password_history"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_last_five_are_not_used_again),        TEST(old_ones_are_no_guesses),
        TEST(a_reset_brings_no_old_one_back),          TEST(everybody_has_their_own),
        TEST(a_change_that_was_refused_leaves_no_row), TEST(what_does_not_open_is_not_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
