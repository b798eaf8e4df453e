#include "db/pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* A statement that takes longer is wrong or waits for a lock that won't come; a transaction that lies idle
 * for so long was forgotten by a process that hangs, and others wait for its locks. */
#define SETTINGS                                                                                             \
    "set statement_timeout = '30s'; set idle_in_transaction_session_timeout = '60s';"                        \
    "set default_transaction_read_only = off"

struct pool {
    const struct db_options *options;
    pthread_mutex_t lock;
    pthread_cond_t given; /* a session came back, or there is room for one */
    struct session *idle;
    int n_open, n_waiting;
    unsigned generation;
};

/* libpq's messages are long and end in line breaks. */
static void say_why(const char *message, char ret[POOL_WHY_SIZE])
{
    snprintf(ret, POOL_WHY_SIZE, "%s", message);
    for (char *p = ret; *p; p++) {
        if (*p == '\n') *p = p[1] ? ' ' : 0;
    }
}

static PGconn *dial(const char *url)
{
    /* What stands before the URL is a default, what stands after it holds. A network that swallows packets
     * must not hold a thread for minutes. */
    static const char *const KEYS[] = {
        "application_name",
        "connect_timeout",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
        "dbname",
        "client_encoding",
        NULL,
    };
    const char *const values[] = {"huiyuan", "5", "10", "5", "3", "15000", url, "UTF8", NULL};
    return PQconnectdbParams(KEYS, values, 1);
}

static void ignore_notice(void *arg, const PGresult *r)
{
    (void)arg;
    (void)r;
}

static bool set_up(PGconn *pg, char ret_why[POOL_WHY_SIZE])
{
    if (PQstatus(pg) != CONNECTION_OK) {
        say_why(PQerrorMessage(pg), ret_why);
        return false;
    }
    const char *encoding = PQparameterStatus(pg, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0) {
        snprintf(ret_why, POOL_WHY_SIZE,
                 "its encoding is %s: create it with encoding UTF8 and locale C.UTF-8",
                 encoding ? encoding : "unknown");
        return false;
    }
    PQsetNoticeReceiver(pg, ignore_notice, NULL);
    PGresult *r = PQexec(pg, SETTINGS);
    bool done = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!done) say_why(PQerrorMessage(pg), ret_why);
    PQclear(r);
    return done;
}

static void session_close(struct session *s)
{
    PQfinish(s->pg);
    arena_free(s->arena);
}

static struct session *session_open(const struct db_options *o, char ret_why[POOL_WHY_SIZE])
{
    struct arena *a = arena_new();
    struct session *s = ARENA_NEW(a, struct session);
    s->arena = a;
    s->prepared = ARENA_ARRAY(a, (size_t)o->n_queries + DB_OWN_QUERIES, bool);
    s->pg = dial(o->url.p);
    if (set_up(s->pg, ret_why)) return s;
    session_close(s);
    return NULL;
}

struct pool *pool_new(struct arena *a, const struct db_options *o)
{
    struct pool *p = ARENA_NEW(a, struct pool);
    p->options = o;
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&p->given, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

void pool_end(struct pool *p)
{
    while (p->idle) {
        struct session *s = p->idle;
        p->idle = s->next;
        session_close(s);
    }
    pthread_cond_destroy(&p->given);
    pthread_mutex_destroy(&p->lock);
}

static struct timespec after_ms(int ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

/* Waits for an idle session or for room. *ret stays NULL when there is room: it is then taken. */
static bool take_place(struct pool *p, struct session **ret, unsigned *ret_generation)
{
    struct timespec until = after_ms(p->options->wait_ms);
    int code = 0;
    pthread_mutex_lock(&p->lock);
    p->n_waiting++;
    while (!p->idle && p->n_open >= p->options->connections && code != ETIMEDOUT)
        code = pthread_cond_timedwait(&p->given, &p->lock, &until);
    p->n_waiting--;
    struct session *s = p->idle;
    bool room = !s && p->n_open < p->options->connections;
    if (s) p->idle = s->next;
    if (room) p->n_open++;
    *ret_generation = p->generation;
    pthread_mutex_unlock(&p->lock);
    *ret = s;
    return s || room;
}

static void leave_place(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->n_open--;
    pthread_cond_signal(&p->given);
    pthread_mutex_unlock(&p->lock);
}

bool pool_take(struct pool *p, struct session **ret, bool *ret_fresh, char ret_why[POOL_WHY_SIZE])
{
    struct session *s = NULL;
    unsigned generation;
    if (!take_place(p, &s, &generation)) {
        snprintf(ret_why, POOL_WHY_SIZE, "all %d connections stay in use", p->options->connections);
        return false;
    }
    bool fresh = !s;
    if (fresh) s = session_open(p->options, ret_why);
    if (!s) {
        leave_place(p);
        return false;
    }
    s->generation = generation;
    *ret = s;
    *ret_fresh = fresh;
    return true;
}

void pool_give(struct pool *p, struct session *s)
{
    pthread_mutex_lock(&p->lock);
    bool old = s->generation != p->generation;
    if (!old) {
        s->next = p->idle;
        p->idle = s;
        pthread_cond_signal(&p->given);
    }
    pthread_mutex_unlock(&p->lock);
    if (old) pool_drop(p, s);
}

void pool_renew(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    struct session *idle = p->idle;
    p->idle = NULL;
    p->generation++;
    pthread_mutex_unlock(&p->lock);
    while (idle) {
        struct session *s = idle;
        idle = s->next;
        pool_drop(p, s);
    }
}

void pool_drop(struct pool *p, struct session *s)
{
    session_close(s);
    leave_place(p);
}

int pool_waiting(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    int n = p->n_waiting;
    pthread_mutex_unlock(&p->lock);
    return n;
}
