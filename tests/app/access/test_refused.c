/* Refusals in the trail: which of them, what is said, and that nobody fills the disk with them. */
#include "raw_sql.h"
#include "register.h"

#include "app/access/refused.h"
#include "app/access/refused_soon.h"
#include "app/core/housekeeping.h"
#include "base/limits.h"

#include <string.h>

static void refuse(struct fixture *x, struct ctx *c, enum status why, const char *address)
{
    (void)x;
    c->address = str_from(address);
    assert_ok(c, app_audit_refused(c, why, STR("POST /x")));
    app_end(c);
}

static int64_t noted(struct fixture *x)
{
    return trail_count(x, "access.refused", NULL);
}

static void which_are_noted(void **state)
{
    static const struct {
        enum status why;
        bool logged_in, sought;
        const char *result; /* NULL: no row */
    } CASES[] = {
        {ST_FORBIDDEN, true, false, "forbidden"}, {ST_FORBIDDEN, false, false, NULL},
        {ST_NOT_FOUND, true, true, "not_found"},  {ST_NOT_FOUND, true, false, NULL},
        {ST_NOT_FOUND, false, true, NULL},        {ST_TOO_MANY, true, false, "too_many"},
        {ST_TOO_MANY, false, false, "too_many"},  {ST_CONFLICT, true, true, NULL},
        {ST_BAD_INPUT, true, true, NULL},         {ST_LOGIN, false, false, NULL},
        {ST_UNAVAILABLE, true, true, NULL},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = CASES[i].logged_in ? as_viewer(x) : as_command_line(x);
        int64_t before = noted(x);
        int64_t same = CASES[i].result ? trail_count(x, "access.refused", CASES[i].result) : 0;
        if (CASES[i].sought) c->sought.company = x->other;
        refuse(x, c, CASES[i].why, "192.0.2.7");
        assert_int_equal(noted(x) - before, CASES[i].result != NULL);
        if (!CASES[i].result) continue;
        assert_int_equal(trail_count(x, "access.refused", CASES[i].result), same + 1);
        assert_true(str_eq(trail_note(x, "access.refused"), STR("POST /x")));
    }
}

static void a_network_fills_no_disk(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < LIMIT_REFUSAL_ROWS + 5; i++)
        refuse(x, as_viewer(x), ST_FORBIDDEN, i % 2 ? "192.0.2.7" : "192.0.2.99");
    assert_int_equal(noted(x), LIMIT_REFUSAL_ROWS);
    assert_true(str_find(trail_note(x, "access.refused"), STR("之后的只记次数"), NULL));
    refuse(x, as_viewer(x), ST_FORBIDDEN, "198.51.100.1"); /* another network */
    assert_int_equal(noted(x), LIMIT_REFUSAL_ROWS + 1);
    struct ctx *c = as_viewer(x);
    c->now_ms += HOUR_MS + 1;
    refuse(x, c, ST_FORBIDDEN, "192.0.2.7");
    assert_int_equal(noted(x), LIMIT_REFUSAL_ROWS + 2);
}

/* What had no row is counted: one row says how many, at once, then an hour later or when the server ends. */
static void what_has_no_row_is_counted(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < LIMIT_REFUSAL_ROWS + 7; i++)
        refuse(x, as_viewer(x), ST_FORBIDDEN, "192.0.2.7");
    assert_int_equal(trail_count(x, "access.refused", "over"), 0);
    for (int round = 0; round < 2; round++) {
        struct ctx *c = as_command_line(x);
        assert_ok(c, refusals_round(c));
        assert_int_equal(trail_count(x, "access.refused", "over"), 1);
        assert_true(str_eq(trail_note(x, "access.refused"), STR("另有 7 次没有逐条记录")));
    }
    refuse(x, as_viewer(x), ST_FORBIDDEN, "192.0.2.7");
    struct ctx *c = as_command_line(x);
    assert_ok(c, refusals_round(c));
    assert_int_equal(trail_count(x, "access.refused", "over"), 1);
    assert_ok(c, refusals_tell(c));
    assert_int_equal(trail_count(x, "access.refused", "over"), 2);
    assert_true(str_eq(trail_note(x, "access.refused"), STR("另有 1 次没有逐条记录")));
    assert_ok(c, refusals_tell(c));
    assert_int_equal(trail_count(x, "access.refused", "over"), 2);
}

/* Of a short GET: with who, from where, and what was asked for; what is no refusal does not wait. */
static void what_waits_is_written_by_the_next_round(void **state)
{
    static const enum status WHYS[] = {ST_FORBIDDEN, ST_NOT_FOUND, ST_BAD_INPUT, ST_LOGIN};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(WHYS); i++) {
        struct ctx *c = as_other_clerk(x);
        c->address = STR("192.0.2.7");
        c->sought.company = x->company;
        refusal_put(c, WHYS[i], STR("GET /company/members/{id}"));
        app_end(c);
    }
    assert_int_equal(noted(x), 0);
    struct ctx *c = as_command_line(x);
    assert_ok(c, refusals_round(c));
    assert_int_equal(c->actor.account.v, 0);
    assert_int_equal(noted(x), 2);
    assert_int_equal(trail_count(x, "access.refused", "not_found"), 1);
    assert_true(str_eq(trail_note(x, "access.refused"), STR("GET /company/members/{id}")));
    assert_int_equal(
        raw_sql_number(x, "select count(*) from audit where event = 'access.refused' and address_sealed is "
                          "not null and side = 'company'"),
        2);
    assert_int_equal(raw_sql_number(x, "select min(account_id) from audit where event = 'access.refused'"),
                     x->other_clerk.v);
    assert_ok(c, refusals_round(c));
    assert_int_equal(noted(x), 2);
}

/* More than can wait are counted. */
static void a_flood_of_them_is_counted(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < LIMIT_REFUSALS_WAITING + 3; i++) {
        struct ctx *c = as_viewer(x);
        c->address = STR("192.0.2.7");
        refusal_put(c, ST_FORBIDDEN, STR("GET /x"));
        app_end(c);
    }
    struct ctx *c = as_command_line(x);
    assert_ok(c, refusals_round(c));
    assert_int_equal(noted(x), LIMIT_REFUSALS_WAITING + 1);
    assert_true(str_eq(trail_note(x, "access.refused"), STR("另有 3 次没有逐条记录")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)
    const struct CMUnitTest tests[] = {
        TEST(which_are_noted), TEST(a_network_fills_no_disk), TEST(what_has_no_row_is_counted),
        TEST(what_waits_is_written_by_the_next_round), TEST(a_flood_of_them_is_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
