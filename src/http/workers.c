#include "http/workers.h"

#include <pthread.h>
#include <stdlib.h>

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    void (*run)(void *job);
    void **ring; /* jobs that wait: `waiting` of them from `first` on */
    int size, first, waiting;
    int queue, idle;
    bool closed;
    int threads;
    pthread_t thread[];
};

static void *work(void *arg)
{
    struct workers *w = arg;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->waiting == 0 && !w->closed)
            pthread_cond_wait(&w->wake, &w->lock);
        w->idle--;
        if (w->waiting == 0) break;
        void *job = w->ring[w->first];
        w->first = (w->first + 1) % w->size;
        w->waiting--;
        pthread_mutex_unlock(&w->lock);
        w->run(job);
        pthread_mutex_lock(&w->lock);
        w->idle++;
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

struct workers *workers_start(int threads, int queue, void (*run)(void *job))
{
    struct workers *w = calloc(1, sizeof *w + (size_t)threads * sizeof w->thread[0]);
    if (!w) return NULL;
    /* A job that an idle worker is about to fetch lies here for a moment and is not counted as waiting. */
    w->size = queue + threads;
    w->queue = queue;
    w->idle = threads; /* also those that have not run yet */
    w->run = run;
    w->ring = calloc((size_t)w->size, sizeof *w->ring);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    while (w->ring && w->threads < threads && pthread_create(&w->thread[w->threads], NULL, work, w) == 0)
        w->threads++;
    if (w->threads == threads) return w;
    workers_stop(w);
    workers_free(w);
    return NULL;
}

bool workers_offer(struct workers *w, void *job)
{
    pthread_mutex_lock(&w->lock);
    bool taken = !w->closed && w->waiting < w->queue + w->idle;
    if (taken) {
        w->ring[(w->first + w->waiting) % w->size] = job;
        w->waiting++;
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
    free(w->ring);
    free(w);
}
