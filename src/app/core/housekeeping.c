#include "app/core/housekeeping.h"

#include "app/core/features.h"
#include "app/core/temporary.h"
#include "app/core/trail.h"
#include "base/log.h"
#include "gen/queries.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SEEN_MAX      1024
#define ROUND_SECONDS 5
#define SWEEP_MS      HOUR_MS
#define FILES_AT_ONCE 200

struct housekeeping {
    struct app *app;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct session_id seen[SEEN_MAX];
    size_t n_seen;
    bool soon, stop;
};

static enum status sweep_file(struct ctx *c, struct file_id id, int64_t before_ms)
{
    int64_t held;
    TRY(q_file_hold_old(c->db, id, before_ms, &held));
    if (held == 0) return ST_OK;
    TRY(q_file_chunks_delete(c->db, id, NULL));
    return q_file_delete(c->db, id, NULL);
}

/* Piece by piece until none is left, or whoever sends photo after photo would outrun it; between two pieces
 * others write. */
static enum status sweep_files(struct ctx *c)
{
    int64_t before_ms = c->now_ms - DAY_MS;
    struct files_unlinked_rows files;
    do {
        TRY(app_begin(c));
        TRY(q_files_unlinked(c->db, c->arena, before_ms, (struct file_id){0}, (struct file_id){INT64_MAX},
                             FILES_AT_ONCE, &files));
        for (size_t i = 0; i < files.n; i++)
            TRY(sweep_file(c, files.p[i].id, before_ms));
        TRY(app_commit(c));
    } while (files.n == FILES_AT_ONCE);
    return ST_OK;
}

static enum status sweep_rows(struct ctx *c)
{
    for (size_t i = 0; i < app_features_n; i++)
        if (app_features[i]->sweep) TRY(app_features[i]->sweep(c));
    return ST_OK;
}

enum status housekeeping_round(struct ctx *c, const struct session_id *seen, size_t n, bool sweep)
{
    if (n == 0 && !sweep) return ST_OK;
    TRY(app_begin(c));
    for (size_t i = 0; i < n; i++)
        TRY(q_session_touch(c->db, seen[i], c->now_ms, NULL));
    if (sweep) TRY(sweep_rows(c));
    TRY(app_commit(c));
    if (!sweep) return ST_OK;
    TRY(sweep_files(c));
    TRY(app_read(c));
    TRY(temporary_sweep(c, DAY_MS));
    app_read_end(c);
    return ST_OK;
}

/* What was seen since the last round goes to ret; true when it is the last round. */
static bool wait_round(struct housekeeping *h, struct session_id ret[SEEN_MAX], size_t *ret_n)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ROUND_SECONDS;
    pthread_mutex_lock(&h->lock);
    while (!h->stop && !h->soon && pthread_cond_timedwait(&h->wake, &h->lock, &until) == 0)
        continue;
    memcpy(ret, h->seen, h->n_seen * sizeof *ret);
    *ret_n = h->n_seen;
    h->n_seen = 0;
    h->soon = false;
    bool stop = h->stop;
    pthread_mutex_unlock(&h->lock);
    return stop;
}

struct round {
    struct ctx c;
    const struct session_id *seen;
    size_t n;
    bool sweep, last;
    enum status status;
};

/* In transactions of its own; that it failed is for the log. */
static void run_feature(struct ctx *c, const char *name, sweep_fn *work)
{
    c->fault = (struct fault){0};
    if (!work || work(c) == ST_OK) return;
    log_line(LOG_ERROR, "housekeeping of %s: %s", name, c->fault.detail);
    app_end(c);
}

static void run_round(void *round)
{
    struct round *r = round;
    if (r->c.app->before_write) (void)r->c.app->before_write(&r->c); /* which of itself tells the log */
    for (size_t i = 0; i < app_features_n; i++) {
        run_feature(&r->c, app_features[i]->name, app_features[i]->round);
        if (r->last) run_feature(&r->c, app_features[i]->name, app_features[i]->last);
    }
    r->c.fault = (struct fault){0};
    r->status = housekeeping_round(&r->c, r->seen, r->n, r->sweep);
}

/* Whether all of it was done. */
static bool round_done(struct housekeeping *h, struct arena *arena, struct round r)
{
    ctx_init(&r.c, h->app, arena);
    if (!memory_try(arena, run_round, &r))
        r.status = fail_detail(&r.c.fault, ST_UNAVAILABLE, "out of memory");
    if (r.status) log_line(LOG_ERROR, "housekeeping: %s %s", status_name(r.status), r.c.fault.detail);
    app_end(&r.c);
    arena_reset(arena);
    return r.status == ST_OK;
}

/* Once a day the head of the trail goes where the database's owner does not write. */
static void tell_head(struct housekeeping *h, struct arena *arena, struct day *told)
{
    struct ctx c;
    struct head head;
    ctx_init(&c, h->app, arena);
    if (day_cmp(*told, c.today) != 0 && app_audit_head(&c, &head) == ST_OK) {
        struct str line = head_text(arena, &head);
        log_line(LOG_INFO, "trail head %.*s", STR_ARG(line));
        *told = c.today;
    }
    app_end(&c);
    arena_reset(arena);
}

static void *keep(void *arg)
{
    struct housekeeping *h = arg;
    struct arena *arena = arena_new();
    struct session_id seen[SEEN_MAX];
    size_t n = 0;
    struct day told = DAY_NONE;
    int64_t now_ms = clock_monotonic_ms(),
            swept_ms = round_done(h, arena, (struct round){.sweep = true}) ? now_ms : 0;
    for (bool stop = false; !stop;) {
        stop = wait_round(h, seen, &n);
        now_ms = clock_monotonic_ms();
        bool sweep = !stop && (!swept_ms || now_ms - swept_ms > SWEEP_MS);
        struct round r = {.seen = seen, .n = n, .sweep = sweep, .last = stop};
        if (round_done(h, arena, r) && sweep) swept_ms = now_ms;
        if (!stop) tell_head(h, arena, &told);
    }
    arena_free(arena);
    return NULL;
}

struct housekeeping *housekeeping_start(struct app *app)
{
    struct housekeeping *h = ARENA_NEW(app->arena, struct housekeeping);
    h->app = app;
    pthread_mutex_init(&h->lock, NULL);
    pthread_condattr_t monotonic; /* a clock that is set back must not keep a round waiting */
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&h->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&h->thread, NULL, keep, h) != 0) return NULL;
    app->housekeeping = h;
    return h;
}

void housekeeping_stop(struct housekeeping *h)
{
    if (!h) return;
    h->app->housekeeping = NULL;
    pthread_mutex_lock(&h->lock);
    h->stop = true;
    pthread_cond_signal(&h->wake);
    pthread_mutex_unlock(&h->lock);
    pthread_join(h->thread, NULL);
    pthread_cond_destroy(&h->wake);
    pthread_mutex_destroy(&h->lock);
}

void housekeeping_seen(struct housekeeping *h, struct session_id session)
{
    if (!h) return;
    pthread_mutex_lock(&h->lock);
    bool known = h->n_seen == SEEN_MAX;
    for (size_t i = 0; i < h->n_seen && !known; i++)
        known = h->seen[i].v == session.v;
    if (!known) h->seen[h->n_seen++] = session;
    pthread_mutex_unlock(&h->lock);
}

void housekeeping_soon(struct housekeeping *h)
{
    if (!h) return;
    pthread_mutex_lock(&h->lock);
    h->soon = true;
    pthread_cond_signal(&h->wake);
    pthread_mutex_unlock(&h->lock);
}
