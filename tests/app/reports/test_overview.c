/* 首页 of the association: every number is what the lists behind it hold. */
#include "people.h"

#include "app/companies/companies.h"
#include "app/reports/overview.h"

static struct overview read_overview(struct fixture *x)
{
    struct overview o;
    struct ctx *c = as_viewer(x);
    assert_ok(c, app_overview(c, &o));
    app_end(c);
    return o;
}

static int64_t listed(struct fixture *x, const struct member_filter *f)
{
    struct member_page page;
    struct ctx *c = as_viewer(x);
    assert_ok(c, app_members_list(c, f, &(struct page_want){.size = 100}, &page));
    app_end(c);
    return page.total;
}

static void test_numbers_are_those_of_the_lists(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < 10; i++)
        person_in(x, i % 2 ? STATE_SUBMITTED : STATE_MEMBER, i);
    person_in(x, STATE_RECOMMENDED_NEW, 10);
    struct overview o = read_overview(x);
    for (int state_ = STATE_NONE; state_ < STATE_COUNT; state_++)
        assert_int_equal(o.counts.of[state_],
                         listed(x, &(struct member_filter){.state = (enum member_state)state_}));
    assert_int_equal(o.counts.of[STATE_MEMBER], 5);
    assert_int_equal(o.companies, 3); /* two and 协会直管 */
}

static void test_how_long_they_wait(void **state)
{
    struct fixture *x = *state;
    struct day start = x->app->fixed_today;
    assert_int_equal(read_overview(x).new_days, 0);
    struct member_id early = person_in(x, STATE_RECOMMENDED_NEW, 1);
    set_today(x, day_add(start, 4));
    person_in(x, STATE_RECOMMENDED_NEW, 2);
    set_today(x, day_add(start, 9));
    assert_int_equal(read_overview(x).new_days, 9);
    assert_int_equal(read_overview(x).renewal_days, 0);
    decide(as_membership(x), EVENT_APPROVE, &early, 1);
    assert_int_equal(read_overview(x).new_days, 5);
}

static void test_submitted_for_too_long(void **state)
{
    struct fixture *x = *state;
    struct day start = x->app->fixed_today;
    person_in(x, STATE_SUBMITTED, 1);
    set_today(x, day_add(start, OVERVIEW_PATIENCE_DAYS));
    assert_int_equal(read_overview(x).submitted_long, 0);
    set_today(x, day_add(start, OVERVIEW_PATIENCE_DAYS + 1));
    person_in(x, STATE_SUBMITTED, 2);
    assert_int_equal(read_overview(x).submitted_long, 1);
}

static int64_t sum_of_months(const struct overview *o)
{
    int64_t people = 0;
    for (int i = 0; i < OVERVIEW_MONTHS; i++)
        people += o->months[i].people;
    return people;
}

/* The first period's last day is five years on, less one day: before, on and after the edges of what is
 * counted. */
static void test_expiring(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct day end = person_of(x, id).period_end;
    const struct {
        int days_before;
        int64_t soon, months;
    } cases[] = {{OVERVIEW_EXPIRING_DAYS + 1, 0, 1},
                 {OVERVIEW_EXPIRING_DAYS, 1, 1},
                 {0, 1, 1},
                 {-1, 0, 0},
                 {400, 0, 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        set_today(x, day_add(end, -cases[i].days_before));
        struct overview o = read_overview(x);
        assert_int_equal(o.soon.people, cases[i].soon);
        assert_int_equal(sum_of_months(&o), cases[i].months);
        assert_int_equal(o.soon.people, listed(x, &(struct member_filter){.state = STATE_MEMBER,
                                                                          .expires_from = o.soon.from,
                                                                          .expires_to = o.soon.to}));
    }
}

static void test_months_follow_each_other(void **state)
{
    struct fixture *x = *state;
    struct overview o = read_overview(x);
    assert_int_equal(day_cmp(o.months[0].from, x->app->fixed_today), 0);
    for (int i = 1; i < OVERVIEW_MONTHS; i++)
        assert_int_equal(day_cmp(o.months[i].from, day_add(o.months[i - 1].to, 1)), 0);
}

static void test_not_for_companies(void **state)
{
    struct fixture *x = *state;
    struct overview o;
    assert_int_equal(app_overview(as_clerk(x), &o), ST_FORBIDDEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_numbers_are_those_of_the_lists, register_setup,
                                        register_teardown),
        cmocka_unit_test_setup_teardown(test_how_long_they_wait, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(test_submitted_for_too_long, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(test_expiring, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(test_months_follow_each_other, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(test_not_for_companies, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
