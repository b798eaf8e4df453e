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
    struct workers *w = workers_start(2, 3, run);
    assert_non_null(w);
    for (int i = 1; i <= 2; i++) {
        assert_true(workers_offer(w, &one));
        await_begun(i);
    }
    for (int i = 0; i < 3; i++)
        assert_true(workers_offer(w, &one));
    assert_false(workers_offer(w, &one));
    open_gate();
    workers_stop(w);
    assert_int_equal(gate.done, 5);
    assert_false(workers_offer(w, &one));
    workers_free(w);
}

static void test_goes_round(void **state)
{
    (void)state;
    int one = 1, taken = 0;
    close_gate();
    open_gate();
    struct workers *w = workers_start(3, 2, run);
    assert_non_null(w);
    for (int i = 0; i < 10000; i++)
        taken += workers_offer(w, &one);
    workers_stop(w);
    workers_free(w);
    assert_true(taken > 0);
    assert_int_equal(gate.done, taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bounded), cmocka_unit_test(test_goes_round)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
