#include "http/workers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct job {
    void *what;
    uint64_t owner;
};

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    void (*run)(void *job);
    struct job *list; /* jobs that wait, in the order in which they came */
    int waiting;
    uint64_t *running; /* owners of the jobs that run; 0: nobody's */
    int size, queue, idle, way;
    bool closed;
    int threads, started; /* of size */
    pthread_t thread[];
};

static bool runs(const struct workers *w, uint64_t owner)
{
    for (int i = 0; owner && i < w->size; i++)
        if (w->running[i] == owner) return true;
    return false;
}

/* The first whose owner has none running. */
static bool take(struct workers *w, struct job *ret)
{
    for (int i = 0; i < w->waiting; i++) {
        if (runs(w, w->list[i].owner)) continue;
        *ret = w->list[i];
        w->waiting--;
        memmove(&w->list[i], &w->list[i + 1], (size_t)(w->waiting - i) * sizeof *w->list);
        return true;
    }
    return false;
}

static void *work(void *arg)
{
    struct workers *w = arg;
    struct job job;
    pthread_mutex_lock(&w->lock);
    int me = w->started++;
    if (w->way) setpriority(PRIO_PROCESS, (id_t)gettid(), w->way);
    for (;;) {
        bool taken;
        while (!(taken = take(w, &job)) && !(w->closed && w->waiting == 0))
            pthread_cond_wait(&w->wake, &w->lock);
        w->idle--;
        if (!taken) break;
        w->running[me] = job.owner;
        pthread_mutex_unlock(&w->lock);
        w->run(job.what);
        pthread_mutex_lock(&w->lock);
        w->running[me] = 0;
        w->idle++;
        if (w->waiting) pthread_cond_broadcast(&w->wake); /* one that waited for this owner */
    }
    pthread_cond_broadcast(&w->wake);
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

struct workers *workers_start(int threads, int queue, int way, void (*run)(void *job))
{
    struct workers *w = calloc(1, sizeof *w + (size_t)threads * sizeof w->thread[0]);
    if (!w) return NULL;
    w->size = threads;
    w->queue = queue;
    w->idle = threads; /* also those that have not run yet */
    w->way = way;
    w->run = run;
    /* A job that an idle worker is about to fetch lies here for a moment and is not counted as waiting. */
    w->list = calloc((size_t)queue + (size_t)threads, sizeof *w->list);
    w->running = calloc((size_t)threads, sizeof *w->running);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    while (w->list && w->running && w->threads < threads &&
           pthread_create(&w->thread[w->threads], NULL, work, w) == 0)
        w->threads++;
    if (w->threads == threads) return w;
    workers_stop(w);
    workers_free(w);
    return NULL;
}

bool workers_offer(struct workers *w, void *job, uint64_t owner)
{
    pthread_mutex_lock(&w->lock);
    bool taken = !w->closed && w->waiting < w->queue + w->idle;
    if (taken) {
        w->list[w->waiting++] = (struct job){job, owner};
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
    return taken;
}

void workers_stop(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->closed = true;
    pthread_cond_broadcast(&w->wake);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->threads; i++)
        pthread_join(w->thread[i], NULL);
}

void workers_free(struct workers *w)
{
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    free(w->running);
    free(w->list);
    free(w);
}
