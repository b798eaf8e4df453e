#include "people.h"

#include "app/members/progress.h"

static struct own_page own_page_of(struct fixture *x, struct member_id id)
{
    struct own_page page;
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_progress_own(c, &page));
    app_end(c);
    return page;
}

static void shows_where_everyone_stands(void **state)
{
    static const struct {
        enum member_state state;
        enum step now; /* STEP_COUNT: nothing is under way */
        enum step_standing standing;
    } rows[] = {
        {STATE_SUBMITTED, STEP_RECOMMEND, STEP_CURRENT},
        {STATE_RECOMMENDED_NEW, STEP_APPROVE, STEP_CURRENT},
        {STATE_RECOMMENDED_RENEWAL, STEP_APPROVE, STEP_CURRENT},
        {STATE_MEMBER, STEP_COUNT, STEP_DONE},
        {STATE_EXPIRED, STEP_COUNT, STEP_DONE},
        {STATE_RETURNED, STEP_RECOMMEND, STEP_REFUSED},
        {STATE_CLOSED, STEP_RECOMMEND, STEP_REFUSED},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct own_page page = own_page_of(x, person_in(x, rows[i].state, (int)i));
        assert_int_equal(page.dossier.state, rows[i].state);
        for (int step = 0; step < STEP_COUNT; step++)
            assert_int_equal(page.progress.steps[step].current, step == (int)rows[i].now);
        if (rows[i].now != STEP_COUNT)
            assert_int_equal(page.progress.steps[rows[i].now].standing, rows[i].standing);
        assert_int_equal(page.progress.since, page.dossier.row.state_at);
    }
}

static void says_when_by_whom_and_why(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_SUBMITTED, 1);
    struct decision back = {.event = EVENT_RETURN_TO_PERSON, .reason = STR("照片不清楚")};
    decide_with(as_clerk(x), &back, id);
    struct own_page page = own_page_of(x, id);
    const struct progress_step *submitted = &page.progress.steps[STEP_SUBMIT];
    assert_int_equal(submitted->last.by, SIDE_MEMBER);
    assert_int_equal(submitted->last.at, page.dossier.row.created_at);
    assert_int_equal(page.progress.stopped.by, SIDE_COMPANY);
    assert_int_equal(page.progress.stopped.at, page.dossier.row.state_at);
    assert_text(page.progress.stopped.reason, "照片不清楚");
}

static void tells_what_an_approval_opened(void **state)
{
    struct fixture *x = *state;
    struct own_page page = own_page_of(x, person_in(x, STATE_MEMBER, 1));
    const struct event_shown *newest = &page.events.p[0];
    assert_text(newest->event, "member.approve");
    assert_non_null(newest->opened);
    assert_int_equal(day_cmp(newest->opened->end_day, page.dossier.row.period_end), 0);
    for (size_t i = 1; i < page.events.n; i++)
        assert_null(page.events.p[i].opened);
}

static void is_for_the_person_alone(void **state)
{
    struct fixture *x = *state;
    struct own_page page;
    person_in(x, STATE_SUBMITTED, 1);
    assert_int_equal(app_progress_own(as_clerk(x), &page), ST_FORBIDDEN);
    assert_int_equal(app_progress_own(as_membership(x), &page), ST_FORBIDDEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shows_where_everyone_stands, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(says_when_by_whom_and_why, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(tells_what_an_approval_opened, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(is_for_the_person_alone, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
