/* doctor --repair: what is derived is made anew, and nothing else is touched. */
#include "people.h"
#include "raw_sql.h"

#include "app/ops/repair.h"
#include "gen/queries.h"

#include <string.h>

static struct repaired repair(struct fixture *x)
{
    struct repaired r;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_repair(c, &r));
    app_end(c);
    return r;
}

static void nothing_differs_nothing_is_written(void **state)
{
    struct fixture *x = *state;
    person_in(x, STATE_MEMBER, 1);
    struct repaired r = repair(x);
    assert_int_equal(r.period_ends + r.employers + r.searched + r.counters, 0);
    assert_int_equal(trail_count(x, "system.repair", "ok"), 0);
}

static void each_copy_is_made_anew(void **state)
{
    struct fixture *x = *state;
    static const struct {
        const char *damage;
        int64_t period_ends, employers, searched, counters;
    } ROWS[] = {
        {"update member set period_end = '2040-01-01' where period_end is not null", 1, 0, 0, 0},
        {"update counter set n = n + 3 where scope = 0", 0, 0, 0, 1},
        {"delete from counter", 0, 0, 0, 1},
        {"insert into counter (scope, state, period_end, n) values (77, 'approved', '2031-01-01', 5)", 0, 0,
         0, 1},
        {"delete from member_gram", 0, 0, 1, 0},
        {"update member set company_id = (select max(id) from company)", 0, 1, 1, 1},
        {"update member set company_id = null", 0, 1, 1, 1},
    };
    person_in(x, STATE_MEMBER, 1);
    person_in(x, STATE_SUBMITTED, 2);
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        raw_sql(x, ROWS[i].damage);
        struct repaired r = repair(x);
        print_message("%s: %ld %ld %ld %ld\n", ROWS[i].damage, (long)r.period_ends, (long)r.employers,
                      (long)r.searched, (long)r.counters);
        assert_int_equal(r.period_ends > 0, ROWS[i].period_ends);
        assert_int_equal(r.employers > 0, ROWS[i].employers);
        if (ROWS[i].searched) assert_true(r.searched > 0 || r.employers > 0);
        if (ROWS[i].counters && !ROWS[i].employers) assert_true(r.counters > 0);
        assert_sound(x);
        r = repair(x);
        assert_int_equal(r.period_ends + r.employers + r.searched + r.counters, 0);
    }
    assert_int_equal(trail_count(x, "system.repair", "ok"), COUNT(ROWS));
}

static bool refuse_one(void *left, const char *what)
{
    (void)what;
    return (*(int *)left)-- != 0;
}

static void any_call_may_fail(void **state)
{
    struct fixture *x = *state;
    person_in(x, STATE_MEMBER, 1);
    raw_sql(x, "delete from counter");
    raw_sql(x, "delete from member_gram");
    enum status s = ST_UNAVAILABLE;
    int tries = 0;
    for (; s != ST_OK && tries < 200; tries++) {
        struct repaired r;
        int left = tries;
        x->may = refuse_one;
        x->may_arg = &left;
        struct ctx *c = as_command_line(x);
        s = app_repair(c, &r);
        app_end(c);
        x->may = NULL;
        if (s != ST_OK) assert_int_equal(trail_count(x, "system.repair", "ok"), 0);
    }
    assert_true(tries > 5);
    assert_int_equal(trail_count(x, "system.repair", "ok"), 1);
    assert_sound(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_differs_nothing_is_written, register_setup,
                                        register_teardown),
        cmocka_unit_test_setup_teardown(each_copy_is_made_anew, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(any_call_may_fail, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
