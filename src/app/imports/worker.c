#include "app/imports/run.h"

#include "base/log.h"

#include <pthread.h>
#include <time.h>

#define LOOK_SECONDS  5 /* for jobs of another node that is gone */
#define RETRY_SECONDS 1

struct importer {
    struct app *app;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool asked, stop;
    struct str node;
};

/* Until there is something to do, at most so long; true: it is to end. */
static bool wait_for_work(struct importer *i, int seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&i->lock);
    while (!i->stop && !i->asked && pthread_cond_timedwait(&i->wake, &i->lock, &until) == 0)
        continue;
    i->asked = false;
    bool stop = i->stop;
    pthread_mutex_unlock(&i->lock);
    return stop;
}

struct turn {
    struct ctx c;
    struct str node;
    struct job_id id; /* 0: to be found */
    bool more;
    enum status status;
};

static void take_turn(void *turn)
{
    struct turn *t = turn;
    if (!t->id.v) t->status = import_due(&t->c, &t->id);
    if (t->status == ST_OK && t->id.v) t->status = import_piece(&t->c, t->id, t->node, &t->more);
}

/* A piece of the job, or of one that is due. */
static enum status turn(struct importer *i, struct arena *arena, struct job_id *id, bool *ret_more)
{
    struct turn t = {.node = i->node, .id = *id};
    ctx_init(&t.c, i->app, arena);
    if (!memory_try(arena, take_turn, &t))
        t.status = fail_detail(&t.c.fault, ST_UNAVAILABLE, "out of memory");
    if (t.status) log_line(LOG_ERROR, "import: %s %s", status_name(t.status), t.c.fault.detail);
    app_end(&t.c);
    arena_reset(arena);
    *id = t.id;
    *ret_more = t.more;
    return t.status;
}

static void *work(void *importer)
{
    struct importer *i = importer;
    struct arena *arena = arena_new();
    struct job_id id = {0};
    int seconds = 0;
    while (!wait_for_work(i, seconds)) {
        bool more;
        enum status s = turn(i, arena, &id, &more);
        bool found = id.v != 0;
        if (!more) id.v = 0;
        seconds = s ? RETRY_SECONDS : found ? 0 : LOOK_SECONDS;
    }
    arena_free(arena);
    return NULL;
}

bool importer_start(struct app *app)
{
    struct importer *i = ARENA_NEW(app->arena, struct importer);
    i->app = app;
    i->node = import_node(app->arena);
    pthread_mutex_init(&i->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&i->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&i->thread, NULL, work, i) != 0) return false;
    app->importer = i;
    return true;
}

void importer_stop(struct app *app)
{
    struct importer *i = app->importer;
    if (!i) return;
    app->importer = NULL;
    pthread_mutex_lock(&i->lock);
    i->stop = true;
    pthread_cond_signal(&i->wake);
    pthread_mutex_unlock(&i->lock);
    pthread_join(i->thread, NULL);
    pthread_cond_destroy(&i->wake);
    pthread_mutex_destroy(&i->lock);
}

void importer_wake(struct app *app)
{
    struct importer *i = app->importer;
    if (!i) return;
    pthread_mutex_lock(&i->lock);
    i->asked = true;
    pthread_cond_signal(&i->wake);
    pthread_mutex_unlock(&i->lock);
}
