/* Wherever in a use case memory ends: nothing half done, no lock and no turn kept, and trying again helps. */
#include "people.h"

#include <string.h>

struct attempt {
    struct fixture *x;
    struct ctx c;
    struct member_id member;
    enum status status;
};

static void recommend(void *arg)
{
    struct attempt *t = arg;
    struct str token;
    struct selection s = {.ids = &t->member, .n = 1, .expect = -1};
    t->c.actor =
        (struct actor){.side = SIDE_COMPANY, .account = t->x->clerk, .company = t->x->company, .main = true};
    t->status = app_members_decide(&t->c, &(struct decision){.event = EVENT_RECOMMEND}, &s,
                                   STR("once-memory"), &token);
}

/* With so many bytes of its arena taken before, and so many in all. True when it was enough. */
static bool enough(struct attempt *t, size_t taken, size_t limit)
{
    struct arena *a = arena_new();
    memset(arena_alloc(a, taken), 0, taken);
    arena_limit(a, limit);
    ctx_init(&t->c, t->x->app, a);
    bool done = memory_try(a, recommend, t);
    app_end(&t->c);
    arena_free(a);
    return done;
}

static void memory_may_end_anywhere(void **state)
{
    enum { BLOCK = 16 << 10, STEP = 331 };
    struct fixture *x = *state;
    struct attempt t = {.x = x, .member = person_register(x, 0)};
    int ended = 0;
    bool done = false;
    for (size_t limit = BLOCK; !done; limit = limit * 2 + BLOCK) {
        for (size_t left = STEP; left < BLOCK && !done; left += STEP) {
            done = enough(&t, BLOCK - left, limit);
            ended += !done;
            assert_int_equal(state_of(x, t.member), done ? STATE_RECOMMENDED_NEW : STATE_SUBMITTED);
        }
    }
    assert_int_equal(t.status, ST_OK);
    assert_true(ended > 10);
    assert_sound(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_may_end_anywhere, register_setup, register_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
