/* 首次启动: each step is saved once, may wait, and is for the system administrator. */
#include "people.h"

#include "app/ops/first_start.h"

static struct ctx *as_system(struct fixture *x)
{
    struct ctx *c = as_viewer(x);
    c->actor.roles = ROLE_SYSTEM;
    return c;
}

static bool is_open(struct fixture *x)
{
    bool open = false;
    struct ctx *c = as_system(x);
    assert_ok(c, first_start_open(c, &open));
    app_end(c);
    return open;
}

static struct first_start steps_of(struct fixture *x)
{
    struct first_start now;
    struct ctx *c = as_system(x);
    assert_ok(c, app_first_start(c, &now));
    app_end(c);
    return now;
}

static void each_step_is_saved_once_and_may_wait(void **state)
{
    struct fixture *x = *state;
    assert_true(is_open(x));
    assert_int_equal(steps_of(x).next, 0);
    /* The second first: the first one waits. */
    struct ctx *c = as_system(x);
    struct first_values fee = {{STR("30000")}};
    assert_ok(c, app_first_step_save(c, 1, &fee));
    app_end(c);
    assert_true(steps_of(x).done[1]);
    assert_int_equal(steps_of(x).next, 0);
    assert_int_equal(trail_count(x, "setting.set", "ok"), 1);
    assert_int_equal(trail_count(x, "system.first_start", "ok"), 1);
    for (int i = 0; i < FIRST_STEPS; i++) {
        struct first_values as_it_is = {0};
        c = as_system(x);
        assert_ok(c, app_first_step_save(c, i, &as_it_is));
        app_end(c);
        assert_int_equal(is_open(x), i < FIRST_STEPS - 1);
    }
    assert_int_equal(steps_of(x).next, FIRST_STEPS);
    assert_int_equal(trail_count(x, "setting.set", "ok"), 1); /* what stays as it is is not set */
    assert_int_equal(trail_count(x, "system.first_start", "ok"), FIRST_STEPS);
}

static void a_wrong_value_saves_nothing_of_the_step(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_system(x);
    struct first_values in = {{STR("测试协会"), STR("")}}; /* a system without a name */
    assert_int_equal(app_first_step_save(c, 0, &in), ST_BAD_INPUT);
    assert_problem(c, "association.system");
    app_end(c);
    assert_false(steps_of(x).done[0]);
    assert_int_equal(trail_count(x, "setting.set", "ok"), 0);
}

static void it_is_for_the_system_administrator(void **state)
{
    struct fixture *x = *state;
    for (unsigned role = 1; role <= ROLE_AUDITOR; role <<= 1) {
        struct first_start now;
        struct first_values in = {0};
        struct ctx *c = as_viewer(x);
        c->actor.roles = role;
        assert_int_equal(app_first_start(c, &now), role == ROLE_SYSTEM ? ST_OK : ST_FORBIDDEN);
        app_end(c);
        assert_int_equal(app_first_step_save(c, 0, &in), role == ROLE_SYSTEM ? ST_OK : ST_FORBIDDEN);
        app_end(c);
    }
}

static void a_demo_has_begun_already(void **state)
{
    struct fixture *x = *state;
    x->app->demo = true;
    assert_false(is_open(x));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_step_is_saved_once_and_may_wait, register_setup,
                                        register_teardown),
        cmocka_unit_test_setup_teardown(a_wrong_value_saves_nothing_of_the_step, register_setup,
                                        register_teardown),
        cmocka_unit_test_setup_teardown(it_is_for_the_system_administrator, register_setup,
                                        register_teardown),
        cmocka_unit_test_setup_teardown(a_demo_has_begun_already, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
