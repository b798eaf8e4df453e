#include "sample.h"

#include "db/queue.h"

#include <sched.h>

#define JOBS 4

struct worker {
    struct queue *queue;
    pthread_t thread;
    struct job job;
    bool joins;
    int *turns, place, outcome;
};

static void wait_until_waiting(struct queue *q, int n)
{
    while (queue_waiting(q) < n)
        sched_yield();
}

static void hand_on(struct queue *q, int outcome)
{
    if (queue_group_ends(q)) queue_settle(q, outcome);
    queue_leave(q);
}

static void *work(void *arg)
{
    struct worker *w = arg;
    queue_enter(w->queue, &w->job);
    w->place = ++*w->turns;
    if (w->joins) queue_join(w->queue, &w->job);
    hand_on(w->queue, 42);
    if (w->joins)
        w->outcome = queue_outcome(w->queue, &w->job);
    else
        queue_forget(&w->job);
    return NULL;
}

/* The first job holds the turn while the others line up one by one. */
static void jobs_take_turns_in_order_of_arrival(void **state)
{
    (void)state;
    struct queue q;
    struct job first;
    struct worker workers[JOBS] = {0};
    int turns = 0;
    queue_init(&q);
    queue_enter(&q, &first);
    assert_true(queue_is_mine(&q));
    for (int i = 0; i < JOBS; i++) {
        workers[i] = (struct worker){.queue = &q, .turns = &turns, .joins = i != JOBS - 1};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
        wait_until_waiting(&q, i + 1);
    }
    queue_join(&q, &first);
    assert_false(queue_group_ends(&q));
    hand_on(&q, 41);
    assert_false(queue_is_mine(&q));
    assert_int_equal(queue_outcome(&q, &first), 42);
    for (int i = 0; i < JOBS; i++) {
        pthread_join(workers[i].thread, NULL);
        assert_int_equal(workers[i].place, i + 1);
        assert_int_equal(workers[i].outcome, workers[i].joins ? 42 : 0);
    }
    assert_int_equal(queue_group_size(&q), 0);
    queue_destroy(&q);
}

static void a_job_alone_is_its_own_group(void **state)
{
    (void)state;
    struct queue q;
    struct job job;
    queue_init(&q);
    for (int i = 1; i <= 2; i++) {
        queue_enter(&q, &job);
        queue_join(&q, &job);
        assert_int_equal(queue_group_size(&q), 1);
        assert_true(queue_group_ends(&q));
        queue_settle(&q, i);
        queue_leave(&q);
        assert_int_equal(queue_outcome(&q, &job), i);
    }
    queue_destroy(&q);
}

static void a_full_group_ends_although_others_wait(void **state)
{
    (void)state;
    struct queue q;
    struct job jobs[QUEUE_GROUP_JOBS];
    struct worker other = {.queue = &q, .turns = &(int){0}};
    queue_init(&q);
    queue_enter(&q, &jobs[0]);
    assert_int_equal(pthread_create(&other.thread, NULL, work, &other), 0);
    wait_until_waiting(&q, 1);
    for (int i = 0; i < QUEUE_GROUP_JOBS; i++) {
        assert_false(queue_group_ends(&q));
        if (i > 0) {
            jobs[i] = (struct job){0};
            pthread_cond_init(&jobs[i].wake, NULL);
        }
        queue_join(&q, &jobs[i]);
    }
    assert_true(queue_group_ends(&q));
    queue_settle(&q, 7);
    for (int i = 0; i < QUEUE_GROUP_JOBS; i++)
        assert_int_equal(queue_outcome(&q, &jobs[i]), 7);
    queue_leave(&q);
    pthread_join(other.thread, NULL);
    queue_destroy(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jobs_take_turns_in_order_of_arrival),
        cmocka_unit_test(a_job_alone_is_its_own_group),
        cmocka_unit_test(a_full_group_ends_although_others_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
