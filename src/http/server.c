#include "http/exchange.h"

#include "base/day.h"
#include "base/limits.h"
#include "http/listen.h"
#include "http/loop.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define FILES_OF_OTHERS 200 /* kept back from connections: databases, exports, log */
#define QUIET_MS        100 /* a stop waits for requests that were sent before anyone could know */
#define MAKES_WAY       5   /* nice, of the lanes for what takes long */
#define LAST_WORD_MS    250 /* for the answers of busy() at the end of a stop */

static int connection_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= LIMIT_CONNECTIONS + FILES_OF_OTHERS)
        return LIMIT_CONNECTIONS;
    return files.rlim_cur > 2 * FILES_OF_OTHERS ? (int)files.rlim_cur - FILES_OF_OTHERS : FILES_OF_OTHERS;
}

#define OR(given, usual) ((given) ? (given) : (usual))

static struct http_limits limits_of(const struct http_limits *given)
{
    return (struct http_limits){
        .connections = OR(given->connections, connection_limit()),
        .connections_address = OR(given->connections_address, LIMIT_CONNECTIONS_ADDRESS),
        .bodies = OR(given->bodies, LIMIT_BODIES_BYTES),
        .bodies_address = OR(given->bodies_address, LIMIT_BODIES_ADDRESS),
        .bodies_session = OR(given->bodies_session, LIMIT_BODIES_SESSION),
        .kept = OR(given->kept, LIMIT_KEPT_BYTES),
        .idle_ms = OR(given->idle_ms, LIMIT_IDLE_MS),
        .head_ms = OR(given->head_ms, LIMIT_HEAD_MS),
        .body_ms = OR(given->body_ms, LIMIT_BODY_MS),
        .stall_ms = OR(given->stall_ms, LIMIT_STALL_MS),
        .grace_ms = OR(given->grace_ms, LIMIT_GRACE_MS),
        .bytes_a_second = OR(given->bytes_a_second, LIMIT_BYTES_A_SECOND),
    };
}

static void work(void *exchange)
{
    exchange_work(exchange);
    loop_done(exchange);
}

/* Lanes without workers of their own share those of HTTP_WORK. */
static bool is_shared(const struct http_server *s, int lane)
{
    return lane != HTTP_WORK && s->workers[lane] == s->workers[HTTP_WORK];
}

static bool lanes_start(struct http_server *s)
{
    const struct http_options *o = &s->options;
    const int threads[HTTP_LANES] = {
        [HTTP_WORK] = o->workers, [HTTP_LONG] = o->long_workers, [HTTP_HASH] = o->hash_workers};
    for (int lane = HTTP_WORK; lane < HTTP_LANES; lane++) {
        int way = lane == HTTP_WORK ? 0 : MAKES_WAY;
        s->workers[lane] =
            threads[lane] ? workers_start(threads[lane], o->queue, way, work) : s->workers[HTTP_WORK];
        if (!s->workers[lane]) return false;
    }
    return true;
}

static void lanes_stop(struct http_server *s)
{
    for (int lane = HTTP_WORK; lane < HTTP_LANES; lane++)
        if (s->workers[lane] && !is_shared(s, lane)) workers_stop(s->workers[lane]);
}

static void lanes_free(struct http_server *s)
{
    for (int lane = HTTP_LANES - 1; lane >= HTTP_WORK; lane--)
        if (s->workers[lane] && !is_shared(s, lane)) workers_free(s->workers[lane]);
}

static void free_server(struct http_server *s)
{
    for (int i = 0; i < s->n_loops; i++)
        loop_stop(&s->loops[i]);
    lanes_free(s);
    exchange_free_spares(s);
    if (s->tally) tally_free(s->tally);
    free(s->loops);
    pthread_cond_destroy(&s->quiet);
    pthread_mutex_destroy(&s->lock);
    if (s->listen_fd >= 0) close(s->listen_fd);
    free(s);
}

static struct http_server *new_server(const struct http_options *o, int listen_fd)
{
    struct http_server *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->options = *o;
    s->limits = limits_of(&o->limits);
    s->listen_fd = listen_fd;
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s->quiet, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return s;
}

static bool start(struct http_server *s)
{
    const struct http_options *o = &s->options;
    s->tally = tally_new();
    s->bodies = (struct budget){.tally = s->tally,
                                .most = s->limits.bodies,
                                .most_address = s->limits.bodies_address,
                                .most_session = s->limits.bodies_session};
    s->loops = calloc((size_t)o->threads, sizeof *s->loops);
    bool started = s->tally && s->loops && lanes_start(s);
    while (started && s->n_loops < o->threads)
        started = loop_start(&s->loops[s->n_loops++], s);
    return started;
}

enum status http_start(const struct http_options *o, struct fault *f, struct http_server **ret)
{
    int fd;
    enum status status = listen_open(o->listen, f, &fd);
    if (status != ST_OK) return status;
    struct http_server *s = new_server(o, fd);
    if (s && start(s)) {
        *ret = s;
        return ST_OK;
    }
    if (s) lanes_stop(s);
    if (s)
        free_server(s);
    else
        close(fd);
    return fail(f, ST_UNAVAILABLE,
                "cannot start %d threads for the server: out of memory, processes or files",
                o->threads + o->workers + o->long_workers + o->hash_workers);
}

int http_connections(const struct http_server *s)
{
    return (int)atomic_load(&s->connections);
}

int http_port(const struct http_server *s)
{
    return listen_port(s->listen_fd);
}

/* With the lock held. */
static void wait_for_quiet_signal(struct http_server *s, int64_t until_ms)
{
    struct timespec until = {until_ms / 1000, until_ms % 1000 * 1000000};
    pthread_cond_timedwait(&s->quiet, &s->lock, &until);
}

/* Until nothing is open and nothing new turned up for a moment. */
static void wait_until_quiet(struct http_server *s, int timeout_ms)
{
    int64_t end_ms = clock_monotonic_ms() + timeout_ms;
    uint64_t begun;
    pthread_mutex_lock(&s->lock);
    do {
        begun = s->begun;
        while (s->open > 0 && clock_monotonic_ms() < end_ms)
            wait_for_quiet_signal(s, end_ms);
        int64_t quiet_ms = clock_monotonic_ms() + QUIET_MS;
        if (quiet_ms > end_ms) quiet_ms = end_ms;
        while (s->begun == begun && clock_monotonic_ms() < quiet_ms)
            wait_for_quiet_signal(s, quiet_ms);
    } while ((s->open > 0 || s->begun != begun) && clock_monotonic_ms() < end_ms);
    pthread_mutex_unlock(&s->lock);
}

void http_stop(struct http_server *s, int timeout_ms)
{
    atomic_store(&s->stopping, true);
    for (int i = 0; i < s->n_loops; i++)
        loop_quiesce(&s->loops[i]);
    /* At once: whoever knocks now is to try elsewhere, and not to wait in a queue that nobody reads. */
    close(s->listen_fd);
    s->listen_fd = -1;
    wait_until_quiet(s, timeout_ms);
    /* A loop must not end over a connection that a worker has: every job ends before. */
    atomic_store(&s->late, true);
    lanes_stop(s);
    wait_until_quiet(s, LAST_WORD_MS);
    free_server(s);
}
