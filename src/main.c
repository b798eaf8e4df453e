#include "cli/cli.h"
#include "media/press.h"
#include "web/core/serve.h"

#include <signal.h>

static enum status serve(struct app *app, const struct serve_options *o, struct fault *f)
{
    struct site site = {
        .app = app,
        .url = o->url,
        .url_given = o->url_given,
        .https = str_starts(o->url, STR("https://")),
        .captcha = o->captcha,
        .trust_proxy = o->trust_proxy,
    };
    struct serving_options how = {o->listen, o->metrics, o->threads, o->drain_s};
    return web_serve(&site, &how, f);
}

int main(int argc, char **argv)
{
    if (press_is_child(argc, argv)) return press_child(argv);
    signal(SIGXFSZ, SIG_IGN); /* a file at its limit is an error of the write, as a full disk is */
    return cli_main(argc, argv, serve);
}
