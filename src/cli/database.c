#include "app/core/open.h"
#include "app/core/trail.h"
#include "app/ops/setup.h"
#include "cli/cli.h"

#include <stdio.h>

int cmd_migrate(struct cli *cli)
{
    struct app *app;
    int applied;
    struct app_options o = cli_app_options(cli, true, true);
    if (app_open(&o, &cli->fault, &app)) return cli_fail(&cli->fault);
    enum status s = app_migrate(app, &o, &cli->fault, &applied);
    app_close(app);
    if (s) return cli_fail(&cli->fault);
    printf("%d migrations applied\n", applied);
    return EXIT_DONE;
}

int cmd_audit(struct cli *cli)
{
    struct app *app;
    struct ctx c;
    int64_t rows, bad;
    if (!str_eq(cli->words[0], STR("verify"))) return cli_usage("usage: huiyuan audit verify");
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    enum status s = app_audit_verify(&c, &rows, &bad);
    app_end(&c);
    app_close(app);
    if (s) return cli_fail(&c.fault);
    if (bad) {
        printf("row %ld does not check\n", (long)bad);
        return EXIT_FAILED;
    }
    printf("ok, %ld rows\n", (long)rows);
    return EXIT_DONE;
}
