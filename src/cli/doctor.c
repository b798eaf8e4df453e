#include "app/ops/doctor.h"
#include "app/core/open.h"
#include "app/ops/repair.h"

#include "cli/cli.h"

#include <stdio.h>

static void print_line(void *arg, const char *what, struct str text)
{
    (void)arg;
    if (text.n)
        printf("%-16s %.*s\n", what, STR_ARG(text));
    else
        printf("%-16s ok\n", what);
}

static int repair(struct cli *cli)
{
    struct app *app;
    struct ctx c;
    struct repaired r;
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    enum status s = app_repair(&c, &r);
    app_end(&c);
    app_close(app);
    if (s) return cli_fail(&c.fault);
    printf("made anew: %ld ends of periods, %ld employers, %ld names of the search index, %ld counters\n",
           (long)r.period_ends, (long)r.employers, (long)r.searched, (long)r.counters);
    return EXIT_DONE;
}

int cmd_doctor(struct cli *cli)
{
    if (cli->repair.n && repair(cli) != EXIT_DONE) return EXIT_FAILED;
    struct app_options o = cli_app_options(cli, false, true);
    return app_doctor(&o, print_line, cli_progress, NULL) ? EXIT_FAILED : EXIT_DONE;
}
