#include "db/queue.h"

#include <stddef.h>

void queue_init(struct queue *q)
{
    *q = (struct queue){0};
    pthread_mutex_init(&q->lock, NULL);
}

void queue_destroy(struct queue *q)
{
    pthread_mutex_destroy(&q->lock);
}

bool queue_is_mine(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    bool mine = q->lent && pthread_equal(q->holder, pthread_self());
    pthread_mutex_unlock(&q->lock);
    return mine;
}

int queue_waiting(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    int n = q->n_waiting;
    pthread_mutex_unlock(&q->lock);
    return n;
}

static void wait_until_ready(struct queue *q, struct job *job)
{
    while (!job->ready)
        pthread_cond_wait(&job->wake, &q->lock);
    job->ready = false;
}

static void make_ready(struct job *job)
{
    job->ready = true;
    pthread_cond_signal(&job->wake);
}

void queue_enter(struct queue *q, struct job *job)
{
    *job = (struct job){0};
    pthread_cond_init(&job->wake, NULL);
    pthread_mutex_lock(&q->lock);
    if (q->lent) {
        if (q->waiting)
            q->waiting_last->next = job;
        else
            q->waiting = job;
        q->waiting_last = job;
        q->n_waiting++;
        wait_until_ready(q, job);
    }
    q->lent = true;
    q->holder = pthread_self();
    pthread_mutex_unlock(&q->lock);
}

void queue_join(struct queue *q, struct job *job)
{
    pthread_mutex_lock(&q->lock);
    job->next = q->group;
    q->group = job;
    q->n_group++;
    pthread_mutex_unlock(&q->lock);
}

int queue_group_size(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    int n = q->n_group;
    pthread_mutex_unlock(&q->lock);
    return n;
}

bool queue_group_ends(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    bool ends = !q->waiting || q->n_group >= QUEUE_GROUP_JOBS;
    pthread_mutex_unlock(&q->lock);
    return ends;
}

void queue_settle(struct queue *q, int outcome)
{
    pthread_mutex_lock(&q->lock);
    while (q->group) {
        struct job *job = q->group;
        q->group = job->next;
        job->outcome = outcome;
        make_ready(job);
    }
    q->n_group = 0;
    pthread_mutex_unlock(&q->lock);
}

/* The turn goes straight to the next one: nobody who comes in between can take it. */
void queue_leave(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    struct job *next = q->waiting;
    if (next) {
        q->waiting = next->next;
        q->n_waiting--;
        make_ready(next);
    } else {
        q->lent = false;
    }
    q->holder = (pthread_t){0};
    pthread_mutex_unlock(&q->lock);
}

int queue_outcome(struct queue *q, struct job *job)
{
    pthread_mutex_lock(&q->lock);
    wait_until_ready(q, job);
    pthread_mutex_unlock(&q->lock);
    queue_forget(job);
    return job->outcome;
}

void queue_forget(struct job *job)
{
    pthread_cond_destroy(&job->wake);
}
