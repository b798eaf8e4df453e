#include "http/exchange.h"

#include "base/day.h"
#include "base/log.h"
#include "http/listen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS     4000 /* at once, unless the process may not open so many files */
#define FILES_OF_OTHERS 100  /* kept back from connections: databases, exports, log */
/* The library's memory of one: header lines and what is read of a body. It is wiped twice for each request.
 */
#define CONNECTION_BYTES     (16u << 10)
#define CONNECTION_STEP      (4u << 10)
#define CONNECTION_TIMEOUT_S 15
#define QUIET_MS             100 /* a stop waits for requests that were sent before anyone could know */
#define LAST_WORD_MS         250 /* for the answers of busy() at the end of a stop */

#define FLAGS (MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC)

static void *on_first_line(void *cls, const char *target, struct MHD_Connection *connection)
{
    return exchange_begin(cls, connection, target);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data, size_t *size,
                                  void **context)
{
    (void)cls, (void)connection, (void)url, (void)version;
    return exchange_go_on(*context, method, data, size);
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode why)
{
    (void)cls, (void)connection, (void)why;
    if (*context) exchange_end(*context);
    *context = NULL;
}

/* The library would decode its own copy of the URL; nobody reads that. */
static size_t leave_encoded(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls, (void)connection;
    return strlen(text);
}

static unsigned connection_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= CONNECTIONS + FILES_OF_OTHERS)
        return CONNECTIONS;
    return files.rlim_cur > 2 * FILES_OF_OTHERS ? (unsigned)files.rlim_cur - FILES_OF_OTHERS
                                                : FILES_OF_OTHERS;
}

static struct MHD_Daemon *start_daemon(struct http_server *s)
{
    return MHD_start_daemon(FLAGS, 0, NULL, NULL, on_request, s,                             //
                            MHD_OPTION_LISTEN_SOCKET, s->listen_fd,                          //
                            MHD_OPTION_THREAD_POOL_SIZE, (unsigned)s->options.threads,       //
                            MHD_OPTION_URI_LOG_CALLBACK, on_first_line, s,                   //
                            MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, s,                  //
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,                    //
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,                                 //
                            MHD_OPTION_CONNECTION_LIMIT, connection_limit(),                 //
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_TIMEOUT_S,   //
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,    //
                            MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)CONNECTION_STEP, //
                            MHD_OPTION_END);
}

static void free_server(struct http_server *s)
{
    if (s->workers) workers_free(s->workers);
    exchange_free_spares(s);
    pthread_cond_destroy(&s->quiet);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static struct http_server *new_server(const struct http_options *o, int listen_fd)
{
    struct http_server *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->options = *o;
    s->listen_fd = listen_fd;
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s->quiet, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return s;
}

enum status http_start(const struct http_options *o, struct fault *f, struct http_server **ret)
{
    int fd;
    enum status status = listen_open(o->listen, f, &fd);
    if (status != ST_OK) return status;
    struct http_server *s = new_server(o, fd);
    if (s) s->workers = workers_start(o->workers, o->queue, exchange_work);
    if (s && s->workers) s->daemon = start_daemon(s);
    if (s && s->daemon) {
        *ret = s;
        return ST_OK;
    }
    if (s && s->workers) workers_stop(s->workers);
    if (s) free_server(s);
    close(fd);
    return fail(f, ST_UNAVAILABLE,
                "cannot start %d threads for the server: out of memory, processes or files",
                o->threads + o->workers);
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
    MHD_quiesce_daemon(s->daemon);
    wait_until_quiet(s, timeout_ms);
    /* The library must not be stopped over a suspended connection: every job ends before. */
    atomic_store(&s->late, true);
    workers_stop(s->workers);
    wait_until_quiet(s, LAST_WORD_MS);
    MHD_stop_daemon(s->daemon);
    close(s->listen_fd);
    free_server(s);
}
