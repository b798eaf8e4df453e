#include "app/core/open.h"
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
