#include "register.h"

#include "app/demo/plan.h"

#define PEOPLE    2000
#define COMPANIES 40
#define SHOWN     9 /* people that show every state of a company, and both who may be renewed and who were */

static const struct day TODAY = {2026, 11, 23};

static struct demo_plan plan_of(struct arena *a, uint64_t seed, size_t members)
{
    struct demo_plan plan;
    struct seed s = {seed};
    struct demo_world w = {TODAY, members, COMPANIES, period_defaults};
    demo_plan_make(a, &s, &w, &plan);
    return plan;
}

static enum side side_of(enum member_event event)
{
    switch (event) {
    case EVENT_REGISTER:
    case EVENT_WITHDRAW:
    case EVENT_RESUBMIT:
        return SIDE_MEMBER;
    case EVENT_APPROVE:
    case EVENT_UNAPPROVE:
    case EVENT_CLOSE:
    case EVENT_REOPEN:
    case EVENT_RETURN_TO_COMPANY:
        return SIDE_STAFF;
    case EVENT_RECOMMEND:
    case EVENT_RECOMMEND_RENEWAL:
    case EVENT_UNRECOMMEND:
    case EVENT_RETURN_TO_PERSON:
        return SIDE_COMPANY;
    }
    return SIDE_MEMBER;
}

/* A person while the events of the plan happen. */
struct life {
    enum member_stored stored;
    struct day end;
    size_t approvals;
};

static void live(struct life *l, const struct demo_career *c, const struct demo_event *e)
{
    struct member_facts facts = {
        .stored = l->stored, .period_end = l->end, .today = day_at(e->at), .renewal_days = 90};
    assert_int_equal(member_transition(&facts, side_of(e->event), e->event, &l->stored), MEMBER_MAY);
    if (e->event != EVENT_APPROVE) return;
    size_t k = l->approvals++;
    while (c->terms[k].approved_at != e->at)
        k++;
    struct period p = period_open(&period_defaults, facts.today, l->end);
    assert_int_equal(day_cmp(p.first, c->terms[k].period.first), 0);
    assert_int_equal(day_cmp(p.last, c->terms[k].period.last), 0);
    l->end = p.last;
}

/* The same rules as for everybody: nothing in the plan could not have happened. */
static void every_event_was_allowed(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct demo_plan plan = plan_of(a, 1, PEOPLE);
    struct demo_events events = demo_plan_events(a, &plan);
    struct life *lives = ARENA_ARRAY(a, PEOPLE, struct life);
    assert_true(events.n > 2 * PEOPLE);
    for (size_t i = 0; i < events.n; i++) {
        assert_true(i == 0 || events.p[i - 1].at <= events.p[i].at);
        assert_true(events.p[i].at < instant_of(TODAY));
        live(&lives[events.p[i].career], &plan.careers[events.p[i].career], &events.p[i]);
    }
    for (size_t i = 0; i < PEOPLE; i++)
        assert_int_equal(member_state_of(lives[i].stored, lives[i].end, TODAY), plan.careers[i].state);
    arena_free(a);
}

static void the_first_show_every_state(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct demo_plan plan = plan_of(a, 1, 2 * SHOWN);
    int seen[2][STATE_COUNT] = {{0}}, ending[2] = {0};
    for (size_t i = 0; i < plan.n; i++) {
        const struct demo_career *c = &plan.careers[i];
        assert_int_equal(c->company, c->drawn / SHOWN);
        seen[c->company][c->state]++;
        int left = period_days_left(c->terms[0].period.last, TODAY);
        ending[c->company] += c->state == STATE_MEMBER && c->n_terms == 1 && left <= 90;
    }
    for (int company = 0; company < 2; company++) {
        for (int s = STATE_NONE + 1; s < STATE_COUNT; s++)
            assert_true(seen[company][s] > 0);
        assert_int_equal(ending[company], 1);
    }
    arena_free(a);
}

static void shares_are_as_meant(void **state)
{
    (void)state;
    static const struct {
        enum member_state state;
        int least, most; /* percent */
    } CASES[] = {
        {STATE_MEMBER, 51, 59}, {STATE_EXPIRED, 12, 18},        {STATE_SUBMITTED, 5, 9},
        {STATE_RETURNED, 2, 6}, {STATE_RECOMMENDED_NEW, 6, 10}, {STATE_RECOMMENDED_RENEWAL, 4, 8},
        {STATE_CLOSED, 3, 7},
    };
    struct arena *a = arena_new();
    struct demo_plan plan = plan_of(a, 3, PEOPLE);
    for (size_t k = 0; k < COUNT(CASES); k++) {
        int n = 0;
        for (size_t i = 0; i < plan.n; i++)
            n += plan.careers[i].state == CASES[k].state;
        assert_in_range(n * 100, CASES[k].least * PEOPLE, CASES[k].most * PEOPLE);
    }
    arena_free(a);
}

/* As if they had been given one after the other. */
static void numbers_count_the_first_approvals_of_a_year(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct demo_plan plan = plan_of(a, 1, PEOPLE);
    struct demo_events events = demo_plan_events(a, &plan);
    int64_t *given = ARENA_ARRAY(a, plan.n_years, int64_t);
    for (size_t i = 0; i < events.n; i++) {
        const struct demo_career *c = &plan.careers[events.p[i].career];
        bool first = events.p[i].event == EVENT_APPROVE && events.p[i].at == c->terms[0].approved_at;
        if (first) given[c->number_year - plan.first_year]++;
    }
    for (size_t y = 0; y < plan.n_years; y++)
        assert_int_equal(given[y], plan.numbers[y]);
    for (size_t i = 0; i < plan.n; i++) {
        const struct demo_career *c = &plan.careers[i];
        assert_int_equal(c->number > 0, c->terms[0].approved_at > 0);
        for (size_t k = 0; k < i; k++)
            assert_false(c->number && c->number == plan.careers[k].number &&
                         c->number_year == plan.careers[k].number_year);
    }
    arena_free(a);
}

static void places_of_a_batch_stand_together(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct demo_plan plan = plan_of(a, 1, PEOPLE);
    struct demo_places places = demo_plan_places(a, &plan);
    size_t terms = 0;
    for (size_t i = 0; i < plan.n; i++)
        terms += plan.careers[i].n_terms;
    assert_int_equal(places.n, terms);
    for (size_t i = 1; i < places.n; i++) {
        const struct demo_place *x = &places.p[i - 1], *y = &places.p[i];
        assert_int_equal(day_is(y->decided), y->approved_at != 0);
        assert_false(!day_is(x->decided) && day_is(y->decided));
        if (day_is(y->decided)) assert_true(day_cmp(x->decided, y->decided) <= 0);
        if (day_cmp(x->decided, y->decided) != 0) continue;
        assert_true(x->company <= y->company);
        if (x->company != y->company || x->kind != y->kind) continue;
        assert_true(x->recommended_at <= y->recommended_at);
        assert_int_equal(x->approved_at, y->approved_at);
    }
    arena_free(a);
}

static void nobody_is_no_trouble(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct demo_plan plan = plan_of(a, 1, 0);
    assert_int_equal(plan.n, 0);
    assert_int_equal(demo_plan_events(a, &plan).n, 0);
    assert_int_equal(demo_plan_places(a, &plan).n, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_was_allowed),
        cmocka_unit_test(the_first_show_every_state),
        cmocka_unit_test(shares_are_as_meant),
        cmocka_unit_test(numbers_count_the_first_approvals_of_a_year),
        cmocka_unit_test(places_of_a_batch_stand_together),
        cmocka_unit_test(nobody_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
