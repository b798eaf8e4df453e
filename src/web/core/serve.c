#include "web/core/serve.h"

#include "app/core/draw.h"
#include "app/core/features.h"
#include "app/core/housekeeping.h"
#include "app/core/settings.h"
#include "base/day.h"
#include "base/log.h"
#include "base/machine.h"
#include "web/core/metrics.h"
#include "web/core/warnings.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#define STOP_MS      10000
#define WORKERS      4
#define LONG_WORKERS 2
#define HASH_WORKERS 2
#define QUEUED_JOBS  256 /* of a lane */

static void wait_for_stop(const sigset_t *signals)
{
    int signal;
    while (sigwait(signals, &signal) != 0)
        continue;
}

/* Whoever asks /healthz sends no more to us; what still comes is served. */
static void drain(struct site *site, const sigset_t *signals, int seconds)
{
    if (seconds == 0) return;
    atomic_store(&site->draining, true);
    log_line(LOG_INFO, "draining for %d s", seconds);
    int64_t end_ms = clock_monotonic_ms() + seconds * INT64_C(1000), left_ms;
    while ((left_ms = end_ms - clock_monotonic_ms()) > 0) {
        struct timespec left = {left_ms / 1000, left_ms % 1000 * 1000000};
        if (sigtimedwait(signals, NULL, &left) > 0) return;
    }
}

/* Before any thread is made: all of them inherit it. */
static void block_signals(sigset_t *ret)
{
    sigemptyset(ret);
    sigaddset(ret, SIGTERM);
    sigaddset(ret, SIGINT);
    pthread_sigmask(SIG_BLOCK, ret, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static int connections_address(void *arg)
{
    const struct site *site = arg;
    return (int)settings_address_connections(site->app);
}

static struct http_options options_of(struct site *site, const struct serving_options *how)
{
    return (struct http_options){
        .listen = how->listen,
        .threads = how->threads,
        .workers = WORKERS,
        .long_workers = LONG_WORKERS,
        .hash_workers = HASH_WORKERS,
        .queue = QUEUED_JOBS,
        .trust_proxy = site->trust_proxy,
        .connections_address = connections_address,
        .session_cookies = {"hy", "__Host-hy"},
        .plan = web_plan,
        .handle = web_handle,
        .busy = web_busy,
        .refused = web_refused,
        .arg = site,
    };
}

/* The pages, and the numbers about them, until a signal. */
static enum status serve_pages(struct site *site, const struct serving_options *how, const sigset_t *signals,
                               struct fault *f)
{
    struct http_server *server;
    struct http_options o = options_of(site, how);
    if (how->metrics.n) TRY(metrics_start(site, how->metrics, f, &site->metrics));
    enum status s = http_start(&o, f, &server);
    if (s == ST_OK) {
        metrics_watch(site->metrics, server);
        log_line(LOG_INFO, "serving %.*s on %.*s (port %d)", STR_ARG(site->url), STR_ARG(how->listen),
                 http_port(server));
        web_warn_of_setup(site, how->listen);
        wait_for_stop(signals);
        drain(site, signals, how->drain_s);
        log_line(LOG_INFO, "stopping");
    }
    metrics_stop(site->metrics);
    if (s == ST_OK) http_stop(server, STOP_MS);
    return s;
}

enum status web_serve(struct site *site, const struct serving_options *how, struct fault *f)
{
    sigset_t signals;
    const char *wrong = web_routes_fault();
    if (wrong) return fail(f, ST_BROKEN, "%s", wrong);
    block_signals(&signals);
    machine_open_files();
    machine_keep_secrets();
    struct housekeeping *housekeeping = housekeeping_start(site->app);
    if (!housekeeping) return fail(f, ST_UNAVAILABLE, "cannot start a thread: out of memory or processes");
    app_press_start(site->app, LONG_WORKERS);
    enum status s = features_start(site->app, f);
    if (s == ST_OK) s = serve_pages(site, how, &signals, f);
    features_stop(site->app);
    app_press_stop(site->app);
    housekeeping_stop(housekeeping);
    return s;
}
