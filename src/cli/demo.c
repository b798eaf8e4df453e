#include "app/demo/demo.h"
#include "app/core/open.h"
#include "app/ops/setup.h"

#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

struct progress {
    int64_t began_ms;
};

/* Count, rate, time left; on a terminal only. */
static void show_progress(void *arg, int64_t done, int64_t total)
{
    const struct progress *p = arg;
    int64_t spent_ms = clock_monotonic_ms() - p->began_ms + 1;
    fprintf(stderr, "\r%ld of %ld, %ld/s, %ld s left   ", (long)done, (long)total,
            (long)(done * 1000 / spent_ms), (long)(done ? (total - done) * spent_ms / done / 1000 : 0));
    if (done == total) fputc('\n', stderr);
}

static void print_report(const struct demo_report *r, struct str password)
{
    static const char *const STAFF[] = {"admin (system)",    "huiyuan (membership)", "caiwu (finance)",
                                        "peixun (training)", "neirong (content)",    "anquan (security)",
                                        "shenji (auditor)",  "chakan (viewer)"};
    printf("%ld members, %ld companies, all of them invented. Password of every account: %.*s\n\n",
           (long)r->members, (long)r->companies, STR_ARG(password));
    printf("company  %.*s\n", STR_ARG(r->company));
    for (size_t i = 0; i < sizeof STAFF / sizeof *STAFF; i++)
        printf("staff    %s\n", STAFF[i]);
    for (int state = STATE_NONE + 1; state < STATE_COUNT; state++)
        if (r->login[state].n)
            printf("%-20s %.*s\n", member_state_code((enum member_state)state), STR_ARG(r->login[state]));
}

static enum status fill(struct cli *cli, struct app *app, const struct demo_options *o)
{
    struct app_options open = cli_app_options(cli, true, true);
    struct demo_report report;
    struct ctx c;
    int applied;
    TRY(app_migrate(app, &open, &cli->fault, &applied));
    ctx_init(&c, app, cli->arena);
    enum status s = app_demo(&c, o, &report);
    app_end(&c);
    if (s == ST_OK)
        print_report(&report, o->password);
    else
        cli->fault = c.fault;
    return s;
}

int cmd_demo(struct cli *cli)
{
    struct app *app;
    struct progress progress = {clock_monotonic_ms()};
    int64_t members, companies = 0, seed = 1;
    if (!cli_int(cli->members, 1, 10000000, &members)) return cli_usage("demo needs --members N");
    if (cli->companies.n && !cli_int(cli->companies, 2, 1000000, &companies))
        return cli_usage("--companies takes a number from 2 on");
    if (cli->seed.n && !cli_int(cli->seed, 0, INT64_MAX, &seed)) return cli_usage("--seed takes a number");
    struct demo_options o = {
        .members = members,
        .companies = companies,
        .seed = (uint64_t)seed,
        .password = cli->password,
        .progress = isatty(STDERR_FILENO) ? show_progress : NULL,
        .progress_arg = &progress,
    };
    if (cli_open(cli, true, true, &app)) return EXIT_FAILED;
    enum status s = fill(cli, app, &o);
    app_close(app);
    return s ? cli_fail(&cli->fault) : EXIT_DONE;
}
