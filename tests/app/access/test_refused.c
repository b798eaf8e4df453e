/* Refusals in the trail: which of them, what is said, and that nobody fills the disk with them. */
#include "register.h"

#include "app/access/refused.h"
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
    assert_true(str_find(trail_note(x, "access.refused"), STR("之后的只在运行日志里"), NULL));
    refuse(x, as_viewer(x), ST_FORBIDDEN, "198.51.100.1"); /* another network */
    assert_int_equal(noted(x), LIMIT_REFUSAL_ROWS + 1);
    struct ctx *c = as_viewer(x);
    c->now_ms += HOUR_MS + 1;
    refuse(x, c, ST_FORBIDDEN, "192.0.2.7");
    assert_int_equal(noted(x), LIMIT_REFUSAL_ROWS + 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)
    const struct CMUnitTest tests[] = {TEST(which_are_noted), TEST(a_network_fills_no_disk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
