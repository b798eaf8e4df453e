#include "http/workers.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool open;
    int begun, done;
} gate = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void run(void *job)
{
    pthread_mutex_lock(&gate.lock);
    gate.begun++;
    pthread_cond_broadcast(&gate.changed);
    while (!gate.open)
        pthread_cond_wait(&gate.changed, &gate.lock);
    gate.done += *(int *)job;
    pthread_mutex_unlock(&gate.lock);
}

static void close_gate(void)
{
    gate.open = false;
    gate.begun = gate.done = 0;
}

static void await_begun(int n)
{
    pthread_mutex_lock(&gate.lock);
    while (gate.begun < n)
        pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
}

static void open_gate(void)
{
    pthread_mutex_lock(&gate.lock);
    gate.open = true;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.lock);
}

static void test_bounded(void **state)
{
    (void)state;
    int one = 1;
    close_gate();
    struct workers *w = workers_start(2, 3, 0, run);
    assert_non_null(w);
    for (int i = 1; i <= 2; i++) {
        assert_true(workers_offer(w, &one, 0));
        await_begun(i);
    }
    for (int i = 0; i < 3; i++)
        assert_true(workers_offer(w, &one, 0));
    assert_false(workers_offer(w, &one, 0));
    open_gate();
    workers_stop(w);
    assert_int_equal(gate.done, 5);
    assert_false(workers_offer(w, &one, 0));
    workers_free(w);
}

static void test_goes_round(void **state)
{
    (void)state;
    int one = 1, taken = 0;
    close_gate();
    open_gate();
    struct workers *w = workers_start(3, 2, 0, run);
    assert_non_null(w);
    for (int i = 0; i < 10000; i++)
        taken += workers_offer(w, &one, 0);
    workers_stop(w);
    workers_free(w);
    assert_true(taken > 0);
    assert_int_equal(gate.done, taken);
}

static struct {
    pthread_mutex_t lock;
    int running[3], most[3], order[6], n;
} seen = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* A job is its owner's number. */
static void run_owned(void *job)
{
    int owner = *(int *)job;
    pthread_mutex_lock(&seen.lock);
    seen.running[owner]++;
    if (seen.running[owner] > seen.most[owner]) seen.most[owner] = seen.running[owner];
    seen.order[seen.n++] = owner;
    pthread_mutex_unlock(&seen.lock);
    run(&(int){1});
    pthread_mutex_lock(&seen.lock);
    seen.running[owner]--;
    pthread_mutex_unlock(&seen.lock);
}

static void test_an_owner_runs_one_at_a_time_and_others_go_first(void **state)
{
    (void)state;
    int one = 1, two = 2;
    close_gate();
    struct workers *w = workers_start(3, 10, 5, run_owned);
    assert_non_null(w);
    for (int i = 0; i < 4; i++)
        assert_true(workers_offer(w, &one, 1));
    assert_true(workers_offer(w, &two, 2));
    await_begun(2); /* of three workers one has nothing that may run */
    assert_int_equal(seen.order[0] + seen.order[1], 3);
    open_gate();
    workers_stop(w);
    workers_free(w);
    assert_int_equal(seen.n, 5);
    assert_int_equal(seen.most[1], 1);
    assert_int_equal(gate.done, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounded), cmocka_unit_test(test_goes_round),
        cmocka_unit_test(test_an_owner_runs_one_at_a_time_and_others_go_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
