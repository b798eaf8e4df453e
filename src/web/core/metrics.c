#include "web/core/metrics.h"

#include "app/core/measures.h"
#include "base/log.h"

#include <string.h>

#define MOST_ROUTES 512
#define PAGE_BYTES  (2u << 20)
#define STOP_MS     1000

static const int CODES[] = {200, 303, 304, 400, 403, 404, 405, 408, 409, 413, 422, 429, 431, 500, 503};
#define N_CODES (COUNT(CODES) + 1) /* and any other */

static const struct {
    int64_t us;
    const char *seconds;
} STEPS[] = {{100, "0.0001"}, {300, "0.0003"}, {1000, "0.001"},  {3000, "0.003"},
             {10000, "0.01"}, {30000, "0.03"}, {100000, "0.1"},  {300000, "0.3"},
             {1000000, "1"},  {3000000, "3"},  {10000000, "10"}, {30000000, "30"}};

struct histogram {
    atomic_llong steps[COUNT(STEPS) + 1], sum_us;
};

struct metrics {
    const struct site *site;
    struct http_server *own, *watched;
    atomic_llong answers[MOST_ROUTES + 1][N_CODES]; /* by the route's place in the table; last: no route */
    struct histogram took[2];                       /* GET, POST */
};

static size_t place_of(const struct route *route)
{
    size_t before = 0;
    for (size_t f = 0; route && f < web_features_n; before += web_features[f++]->n_routes) {
        const struct route *first = web_features[f]->routes;
        if (route >= first && route < first + web_features[f]->n_routes)
            return before + (size_t)(route - first);
    }
    return MOST_ROUTES;
}

static size_t code_of(int status)
{
    size_t i = 0;
    while (i < COUNT(CODES) && CODES[i] != status)
        i++;
    return i;
}

void metrics_note(struct metrics *m, const struct route *route, int status, int64_t took_us)
{
    if (!m) return;
    size_t place = place_of(route), step = 0;
    struct histogram *h = &m->took[route && route->method == HTTP_POST];
    while (step < COUNT(STEPS) && took_us > STEPS[step].us)
        step++;
    atomic_fetch_add_explicit(&m->answers[place < MOST_ROUTES ? place : MOST_ROUTES][code_of(status)], 1,
                              memory_order_relaxed);
    atomic_fetch_add_explicit(&h->steps[step], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&h->sum_us, took_us, memory_order_relaxed);
}

static void head(struct buf *to, const char *name, const char *type, const char *what)
{
    buf_fmt(to, "# HELP huiyuan_%s %s\n# TYPE huiyuan_%s %s\n", name, what, name, type);
}

static void one(struct buf *to, const char *name, const char *what, int64_t value)
{
    head(to, name, "gauge", what);
    buf_fmt(to, "huiyuan_%s %ld\n", name, (long)value);
}

static void answers_of(const struct metrics *m, struct buf *to, const struct route *r, size_t place)
{
    for (size_t i = 0; i < N_CODES; i++) {
        long long n = atomic_load_explicit(&m->answers[place][i], memory_order_relaxed);
        if (!n) continue;
        buf_fmt(to, "huiyuan_requests_total{method=\"%s\",route=\"%s\",status=\"",
                !r                       ? ""
                : r->method == HTTP_POST ? "POST"
                                         : "GET",
                r ? r->path : "");
        if (i < COUNT(CODES))
            buf_fmt(to, "%d", CODES[i]);
        else
            buf_fmt(to, "other");
        buf_fmt(to, "\"} %lld\n", n);
    }
}

static void histogram_of(const struct histogram *h, struct buf *to, const char *method)
{
    long long sum = 0;
    for (size_t i = 0; i <= COUNT(STEPS); i++) {
        sum += atomic_load_explicit(&h->steps[i], memory_order_relaxed);
        buf_fmt(to, "huiyuan_request_seconds_bucket{method=\"%s\",le=\"%s\"} %lld\n", method,
                i < COUNT(STEPS) ? STEPS[i].seconds : "+Inf", sum);
    }
    long long us = atomic_load_explicit(&h->sum_us, memory_order_relaxed);
    buf_fmt(to, "huiyuan_request_seconds_sum{method=\"%s\"} %lld.%06lld\n", method, us / 1000000,
            us % 1000000);
    buf_fmt(to, "huiyuan_request_seconds_count{method=\"%s\"} %lld\n", method, sum);
}

void metrics_text(const struct metrics *m, struct buf *to)
{
    const struct route *r;
    head(to, "requests_total", "counter", "Requests that were answered, by route of the table and status.");
    for (size_t i = 0; (r = web_route(i)) && i < MOST_ROUTES; i++)
        answers_of(m, to, r, i);
    answers_of(m, to, NULL, MOST_ROUTES);
    head(to, "request_seconds", "histogram",
         "From the whole request to the whole answer, without the way to and fro.");
    histogram_of(&m->took[0], to, "GET");
    histogram_of(&m->took[1], to, "POST");
    head(to, "log_lines_total", "counter", "Lines of the log by level.");
    buf_fmt(to, "huiyuan_log_lines_total{level=\"warn\"} %ld\n", log_lines(LOG_WARN));
    buf_fmt(to, "huiyuan_log_lines_total{level=\"error\"} %ld\n", log_lines(LOG_ERROR));
    if (m->watched) one(to, "connections", "Connections that are open.", http_connections(m->watched));
}

static void jobs_of(const struct measures *now, struct buf *to)
{
    head(to, "jobs", "gauge", "Jobs by state.");
    for (size_t i = 0; i < now->jobs.n; i++)
        buf_fmt(to, "huiyuan_jobs{state=\"%.*s\"} %ld\n", STR_ARG(now->jobs.p[i].state),
                (long)now->jobs.p[i].n);
}

/* What can't be read is left out, and said by database_up. */
static void database_of(const struct metrics *m, struct arena *a, struct buf *to)
{
    struct ctx c;
    struct measures now;
    ctx_init(&c, m->site->app, a);
    bool up = app_measures(&c, &now) == ST_OK;
    app_end(&c);
    one(to, "database_up", "Whether the database can be read.", up);
    if (!up) return;
    one(to, "database_waiting", "Threads that wait to write, or for a connection.", now.waiting);
    one(to, "sessions", "Sessions that were seen in the last half hour.", now.sessions);
    jobs_of(&now, to);
    if (!now.backup_at) return;
    one(to, "backup_age_seconds", "Since the last backup that went well.", (c.now_ms - now.backup_at) / 1000);
}

static struct http_plan plan(void *metrics, struct http_request *q)
{
    (void)metrics, (void)q;
    return (struct http_plan){.lane = HTTP_WORK};
}

static void handle(void *metrics, struct http_request *q, struct http_response *r)
{
    const struct metrics *m = metrics;
    http_header_literal(q, r, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    http_header_literal(q, r, "Cache-Control", "no-store");
    if (q->method != HTTP_GET || !str_eq(q->path, STR("/metrics"))) {
        r->status = 404;
        return;
    }
    buf_init(&r->body, 16384, PAGE_BYTES);
    metrics_text(m, &r->body);
    database_of(m, q->arena, &r->body);
    one(&r->body, "up_seconds", "Since the start.", (clock_monotonic_ms() - m->site->app->started_ms) / 1000);
}

static void busy(void *metrics, struct http_request *q, struct http_response *r)
{
    (void)metrics, (void)q;
    r->status = 503;
}

enum status metrics_start(struct site *site, struct str listen, struct fault *f, struct metrics **ret)
{
    struct metrics *m = ARENA_NEW(site->app->arena, struct metrics);
    m->site = site;
    TRY(http_start(&(struct http_options){.listen = listen,
                                          .threads = 1,
                                          .workers = 1,
                                          .queue = 4,
                                          .plan = plan,
                                          .handle = handle,
                                          .busy = busy,
                                          .arg = m},
                   f, &m->own));
    log_line(LOG_INFO, "metrics on %.*s (metrics port %d)", STR_ARG(listen), http_port(m->own));
    *ret = m;
    return ST_OK;
}

void metrics_watch(struct metrics *m, struct http_server *server)
{
    if (m) m->watched = server;
}

void metrics_stop(struct metrics *m)
{
    if (m) http_stop(m->own, STOP_MS);
}
