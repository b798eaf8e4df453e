#include "app/core/settings.h"
#include "app/core/version.h"
#include "base/log.h"
#include "db/db.h"
#include "gen/queries.h"

#include <pthread.h>
#include <stdatomic.h>

/* What was in force once, until nobody holds it: requests, and the process for what is in force now. */
struct held {
    struct settings settings;
    struct arena *arena;
    atomic_int holders;
};

struct settings_now {
    pthread_mutex_t lock;
    struct held *held;
    int64_t newest;  /* row of `setting` that is in force */
    int64_t version; /* of the data in which that was seen */
};

static void release(void *what)
{
    struct held *h = what;
    if (atomic_fetch_sub(&h->holders, 1) == 1) arena_free(h->arena);
}

void settings_hold(struct ctx *c)
{
    struct settings_now *now = c->app->settings;
    if (!now) return;
    pthread_mutex_lock(&now->lock);
    struct held *h = now->held;
    bool other = c->settings != &h->settings;
    h->holders += other;
    pthread_mutex_unlock(&now->lock);
    if (!other) return;
    c->settings = &h->settings;
    arena_defer(c->arena, release, h);
}

int64_t settings_address_connections(struct app *app)
{
    pthread_mutex_lock(&app->settings->lock);
    int64_t n = app->settings->held->settings.address_connections;
    pthread_mutex_unlock(&app->settings->lock);
    return n;
}

static struct held *held_new(void)
{
    struct arena *a = arena_new();
    struct held *h = ARENA_NEW(a, struct held);
    h->arena = a;
    h->holders = 1;
    return h;
}

static void note(struct settings_now *now, int64_t newest, int64_t version)
{
    pthread_mutex_lock(&now->lock);
    if (newest > now->newest) {
        now->newest = newest;
        now->version = version;
    }
    pthread_mutex_unlock(&now->lock);
}

/* Those of an older snapshot are of its request alone: another one may be about to take what is here. */
static void publish(struct settings_now *now, struct held *h, int64_t newest, int64_t version)
{
    pthread_mutex_lock(&now->lock);
    bool newer = newest > now->newest;
    struct held *spare = newer ? now->held : h;
    if (newer) {
        now->held = h;
        now->newest = newest;
        now->version = version;
    }
    pthread_mutex_unlock(&now->lock);
    release(spare);
}

/* Is what the process holds what this snapshot shows? */
static enum status look(struct ctx *c, struct settings_now *now, int64_t version, int64_t *ret_newest,
                        bool *ret_same)
{
    struct setting_newest_row row;
    pthread_mutex_lock(&now->lock);
    *ret_same = now->version == version;
    pthread_mutex_unlock(&now->lock);
    if (*ret_same) return ST_OK;
    TRY(q_setting_newest(c->db, c->arena, &row));
    pthread_mutex_lock(&now->lock);
    *ret_same = now->newest == row.id;
    if (*ret_same) now->version = version;
    pthread_mutex_unlock(&now->lock);
    *ret_newest = row.id;
    return ST_OK;
}

static enum status read_anew(struct ctx *c, struct settings_now *now, int64_t newest, int64_t version)
{
    struct held *h = held_new();
    enum status s = settings_load(c, h->arena, &h->settings);
    if (s == ST_BROKEN) {
        log_line(LOG_ERROR, "what is set stays as it was: %s", c->fault.detail);
        c->fault = (struct fault){0};
        release(h);
        note(now, newest, version);
        return ST_OK;
    }
    if (s != ST_OK) {
        release(h);
        return s;
    }
    h->holders++;
    c->settings = &h->settings;
    arena_defer(c->arena, release, h);
    publish(now, h, newest, version);
    return ST_OK;
}

enum status settings_follow(struct ctx *c)
{
    struct settings_now *now = c->app->settings;
    int64_t version, newest = 0;
    bool same;
    if (!now || c->settings_read) return ST_OK;
    TRY(data_version(c, &version));
    if (db_conn_writes(c->db)) c->version = 0; /* others' commits show in it by and by */
    TRY(look(c, now, version, &newest, &same));
    if (same)
        settings_hold(c);
    else
        TRY(read_anew(c, now, newest, version));
    c->settings_read = true;
    return ST_OK;
}

enum status settings_open(struct ctx *c)
{
    struct app *app = c->app;
    settings_close(app); /* a migration opens them anew */
    struct settings_now *now = ARENA_NEW(app->arena, struct settings_now);
    struct setting_newest_row newest;
    pthread_mutex_init(&now->lock, NULL);
    now->held = held_new();
    app->settings = now;
    TRY(q_setting_newest(c->db, c->arena, &newest));
    TRY(data_version(c, &now->version));
    now->newest = newest.id;
    return settings_load(c, now->held->arena, &now->held->settings);
}

void settings_close(struct app *app)
{
    if (!app->settings) return;
    release(app->settings->held);
    pthread_mutex_destroy(&app->settings->lock);
    app->settings = NULL;
}
