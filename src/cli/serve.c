#include "app/core/open.h"
#include "cli/cli.h"

#include "http/origin.h"

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

/* What a peer can be called, so that it is compared at all: no name, no range. A proxy at a socket file is
 * "unix". */
static bool is_address(struct cli *cli, struct str s)
{
    struct in6_addr to;
    const char *text = arena_str(cli->arena, s).p;
    return str_eq(s, STR("unix")) || inet_pton(AF_INET, text, &to) == 1 ||
           inet_pton(AF_INET6, text, &to) == 1;
}

/* Scheme, host and perhaps a port: our addresses all begin at the root of a host. */
static enum status public_address(struct cli *cli, struct str *url)
{
    struct str given = str_trim(*url), scheme, host;
    if (str_ends(given, STR("/"))) given = str_sub(given, 0, given.n - 1);
    if (origin_normal(cli->arena, given, url)) return ST_OK;
    str_cut(given, ':', &scheme, &host);
    host = str_sub(host, 2, host.n);
    if (!origin_of_host(cli->arena, scheme, STR("x"), url))
        return fail(&cli->fault, ST_BAD_INPUT, "--url begins with http:// or https://");
    if (memchr(str_or_empty(host).p, '/', host.n))
        return fail(&cli->fault, ST_BAD_INPUT,
                    "--url ends with the host name or port, as in https://huiyuan.example.cn: the site can't "
                    "lie under a path, give it a host name of its own");
    return fail(&cli->fault, ST_BAD_INPUT,
                "--url takes a host name and perhaps a port, as in https://huiyuan.example.cn:8443");
}

static enum status options_of(struct cli *cli, struct app *app, struct serve_options *ret)
{
    int64_t threads = sysconf(_SC_NPROCESSORS_ONLN);
    if (cli->threads.n && !cli_int(cli->threads, 1, 256, &threads))
        return fail(&cli->fault, ST_BAD_INPUT, "--threads takes a number from 1 to 256");
    int64_t drain_s = 0;
    if (cli->drain.n && !cli_int(cli->drain, 0, 3600, &drain_s))
        return fail(&cli->fault, ST_BAD_INPUT, "--drain takes seconds, from 0 to 3600");
    bool off = str_eq(cli->captcha, STR("off"));
    if (!off && !str_eq(cli->captcha, STR("image")))
        return fail(&cli->fault, ST_BAD_INPUT, "--captcha takes image or off");
    if (off && !app->demo)
        return fail(&cli->fault, ST_FORBIDDEN, "--captcha off works only on a database made by demo");
    struct str url = cli->url;
    if (url.n) TRY(public_address(cli, &url));
    if (cli->trust_proxy.n && !is_address(cli, cli->trust_proxy))
        return fail(&cli->fault, ST_BAD_INPUT,
                    "--trust-proxy takes one numeric address, such as 127.0.0.1, or unix");
    *ret = (struct serve_options){
        .listen = cli->listen,
        .metrics = cli->metrics,
        .url = url.n ? url : arena_fmt(cli->arena, "http://%.*s", STR_ARG(cli->listen)),
        .url_given = url.n > 0,
        .captcha = !off,
        .trust_proxy = cli->trust_proxy,
        .threads = (int)threads,
        .drain_s = (int)drain_s,
    };
    return ST_OK;
}

int cmd_serve(struct cli *cli)
{
    struct app *app;
    struct serve_options o;
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    enum status s = options_of(cli, app, &o);
    if (s == ST_OK) s = cli->serve(app, &o, &cli->fault);
    app_close(app);
    if (s == ST_OK) return EXIT_DONE;
    cli_fail(&cli->fault);
    return s == ST_BAD_INPUT ? EXIT_USAGE : EXIT_FAILED;
}
