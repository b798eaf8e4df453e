#include "app/access/refused_soon.h"

#include "app/access/refused.h"
#include "app/core/housekeeping.h"
#include "base/day.h"
#include "base/limits.h"
#include "base/log.h"

#include <pthread.h>
#include <string.h>

#define WHAT_BYTES 96 /* a method and a route's pattern */

struct waiting {
    struct actor by; /* but its texts */
    struct sought sought;
    enum status why;
    size_t n_what, n_address;
    char what[WHAT_BYTES], address[LIMIT_ADDRESS_BYTES];
};

struct refusals {
    pthread_mutex_t lock; /* of the rows, never held across an allocation */
    struct waiting rows[LIMIT_REFUSALS_WAITING];
    size_t n;
    struct app *app;
    int64_t told_ms; /* when there was last a row of what had none */
};

static void end(void *refusals)
{
    struct refusals *r = refusals;
    if (r->app->refusals_over || r->n)
        log_line(LOG_ERROR, "trail: %zu refusals that waited are not written, %ld had no row", r->n,
                 (long)r->app->refusals_over);
    pthread_mutex_destroy(&r->lock);
}

void refusals_open(struct app *app)
{
    struct refusals *r = ARENA_NEW(app->arena, struct refusals);
    r->app = app;
    pthread_mutex_init(&r->lock, NULL);
    arena_defer(app->arena, end, r);
    app->refusals = r;
}

static size_t copy(char *to, size_t room, struct str from)
{
    size_t n = from.n < room ? from.n : room;
    if (n) memcpy(to, from.p, n);
    return n;
}

void refusal_put(struct ctx *c, enum status why, struct str what)
{
    struct refusals *r = c->app->refusals;
    if (!refusal_has_row(c, why)) return;
    pthread_mutex_lock(&r->lock);
    bool room = r->n < LIMIT_REFUSALS_WAITING;
    if (room) {
        struct waiting *w = &r->rows[r->n++];
        *w = (struct waiting){.by = c->actor, .sought = c->sought, .why = why};
        w->by.name = w->by.company_name = w->by.member_state = STR_NONE;
        w->n_what = copy(w->what, sizeof w->what, what);
        w->n_address = copy(w->address, sizeof w->address, c->address);
    }
    pthread_mutex_unlock(&r->lock);
    if (!room) refusal_over(c->app);
    housekeeping_soon(c->app->housekeeping);
}

static bool take(struct refusals *r, struct waiting *ret)
{
    pthread_mutex_lock(&r->lock);
    bool any = r->n > 0;
    if (any) {
        *ret = r->rows[0];
        memmove(r->rows, r->rows + 1, --r->n * sizeof *r->rows);
    }
    pthread_mutex_unlock(&r->lock);
    return any;
}

static enum status tell_hourly(struct ctx *c, struct refusals *r)
{
    int64_t now_ms = clock_monotonic_ms();
    if (!c->app->refusals_over || (r->told_ms && now_ms - r->told_ms < HOUR_MS)) return ST_OK;
    enum status s = refusals_tell(c);
    if (s == ST_OK) r->told_ms = now_ms;
    return s;
}

enum status refusals_round(struct ctx *c)
{
    struct waiting w;
    const struct ctx round = *c;
    enum status s = ST_OK;
    while (s == ST_OK && take(c->app->refusals, &w)) {
        c->actor = w.by;
        c->sought = w.sought;
        c->address = (struct str){w.address, w.n_address};
        s = app_audit_refused(c, w.why, (struct str){w.what, w.n_what});
        if (s) refusal_over(c->app);
    }
    c->actor = round.actor;
    c->sought = round.sought;
    c->address = round.address;
    return s ? s : tell_hourly(c, c->app->refusals);
}
