#include "app/housekeeping.h"
#include "base/log.h"
#include "cli/cli.h"
#include "http/http.h"
#include "web/web.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define STOP_MS     10000
#define WORKERS     4
#define QUEUED_JOBS 256

static enum status options_of(struct cli *cli, struct app *app, struct site *site, int *ret_threads)
{
    int64_t threads = sysconf(_SC_NPROCESSORS_ONLN);
    if (cli->threads.n && !cli_int(cli->threads, 1, 256, &threads))
        return fail(&cli->fault, ST_BAD_INPUT, "--threads takes a number from 1 to 256");
    bool off = str_eq(cli->captcha, STR("off"));
    if (!off && !str_eq(cli->captcha, STR("image")))
        return fail(&cli->fault, ST_BAD_INPUT, "--captcha takes image or off");
    if (off && !app->demo) return fail(&cli->fault, ST_BAD_INPUT, "--captcha off works only on a database made by demo");
    struct str url = cli->url;
    if (str_ends(url, STR("/"))) url = str_sub(url, 0, url.n - 1);
    bool https = str_starts(url, STR("https://"));
    if (url.n && !https && !str_starts(url, STR("http://")))
        return fail(&cli->fault, ST_BAD_INPUT, "--url begins with http:// or https://");
    *site = (struct site){
        .app = app,
        .url = url.n ? url : arena_fmt(cli->arena, "http://%.*s", STR_ARG(cli->listen)),
        .url_given = url.n > 0,
        .https = https,
        .captcha = !off,
        .trust_proxy = cli->trust_proxy,
    };
    *ret_threads = (int)threads;
    return ST_OK;
}

static void wait_for_stop(const sigset_t *signals)
{
    int signal;
    while (sigwait(signals, &signal) != 0)
        continue;
}

static void raise_file_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

static enum status run(struct cli *cli, struct app *app)
{
    struct site site;
    struct http_server *server;
    int threads;
    TRY(options_of(cli, app, &site, &threads));
    struct http_options o = {
        .listen = cli->listen,
        .threads = threads,
        .workers = WORKERS,
        .queue = QUEUED_JOBS,
        .session_cookies = {"hy", "__Host-hy"},
        .plan = web_plan,
        .handle = web_handle,
        .busy = web_busy,
        .arg = &site,
    };
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    raise_file_limit();
    struct housekeeping *housekeeping = housekeeping_start(app);
    enum status s = http_start(&o, &cli->fault, &server);
    if (s) {
        housekeeping_stop(housekeeping);
        return s;
    }
    log_line(LOG_INFO, "serving %.*s on %.*s (port %d)", STR_ARG(site.url), STR_ARG(cli->listen), http_port(server));
    wait_for_stop(&signals);
    log_line(LOG_INFO, "stopping");
    http_stop(server, STOP_MS);
    housekeeping_stop(housekeeping);
    return ST_OK;
}

int cmd_serve(struct cli *cli)
{
    struct app *app;
    const char *fault = web_routes_fault();
    if (fault) return cli_usage("%s", fault);
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    enum status s = run(cli, app);
    app_close(app);
    return s ? cli_fail(&cli->fault) : EXIT_DONE;
}
