#include "app/ops/nightly.h"

#include "base/log.h"

#include <pthread.h>
#include <time.h>

#define ROUND_SECONDS 10

/* One thread looks whether anything is due and renews the lease while the other one makes it. */
struct nightly {
    struct app *app;
    pthread_t watch, work;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop, working;
    atomic_bool cancel, finished;
    struct nightly_turn turn;
};

struct task {
    struct ctx c;
    struct nightly *nightly;
    enum status (*run)(struct task *t);
    enum status status;
};

static enum status claim(struct task *t)
{
    return nightly_claim(&t->c, &t->nightly->turn);
}

static enum status renew(struct task *t)
{
    return nightly_renew(&t->c, &t->nightly->turn);
}

static enum status make(struct task *t)
{
    return nightly_make(&t->c, &t->nightly->turn, &t->nightly->cancel);
}

static void run_task(void *task)
{
    struct task *t = task;
    t->status = t->run(t);
}

static enum status run(struct nightly *n, enum status (*what)(struct task *t))
{
    struct arena *a = arena_new();
    struct task t = {.nightly = n, .run = what};
    ctx_init(&t.c, n->app, a);
    if (!memory_try(a, run_task, &t)) t.status = fail_detail(&t.c.fault, ST_UNAVAILABLE, "out of memory");
    if (t.status && t.status != ST_NOT_FOUND)
        log_line(LOG_ERROR, "nightly backup: %s %s", status_name(t.status), t.c.fault.detail);
    app_end(&t.c);
    arena_free(a);
    return t.status;
}

static void *work(void *nightly)
{
    struct nightly *n = nightly;
    (void)run(n, make); /* it has told who must know */
    atomic_store(&n->finished, true);
    return NULL;
}

static void look(struct nightly *n)
{
    if (n->working && atomic_load(&n->finished)) {
        pthread_join(n->work, NULL);
        n->working = false;
    }
    if (n->working) {
        (void)run(n, renew);
    } else if (run(n, claim) == ST_OK) {
        atomic_store(&n->finished, false);
        n->working = pthread_create(&n->work, NULL, work, n) == 0;
        if (!n->working) log_line(LOG_ERROR, "nightly backup: no thread can be had");
    }
}

static void *watch(void *nightly)
{
    struct nightly *n = nightly;
    for (bool stop = false; !stop;) {
        struct timespec until;
        look(n);
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += ROUND_SECONDS;
        pthread_mutex_lock(&n->lock);
        while (!n->stop && pthread_cond_timedwait(&n->wake, &n->lock, &until) == 0)
            continue;
        stop = n->stop;
        pthread_mutex_unlock(&n->lock);
    }
    if (n->working) pthread_join(n->work, NULL);
    return NULL;
}

bool nightly_start(struct app *app)
{
    struct nightly *n = ARENA_NEW(app->arena, struct nightly);
    pthread_condattr_t monotonic;
    n->app = app;
    pthread_mutex_init(&n->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&n->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&n->watch, NULL, watch, n) != 0) return false;
    app->nightly = n;
    return true;
}

void nightly_stop(struct app *app)
{
    struct nightly *n = app->nightly;
    if (!n) return;
    app->nightly = NULL;
    atomic_store(&n->cancel, true);
    pthread_mutex_lock(&n->lock);
    n->stop = true;
    pthread_cond_signal(&n->wake);
    pthread_mutex_unlock(&n->lock);
    pthread_join(n->watch, NULL);
    pthread_cond_destroy(&n->wake);
    pthread_mutex_destroy(&n->lock);
}
