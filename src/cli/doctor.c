#include "app/ops/doctor.h"
#include "app/core/open.h"

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

int cmd_doctor(struct cli *cli)
{
    struct app_options o = cli_app_options(cli, false, true);
    return app_doctor(&o, print_line, cli_progress, NULL) ? EXIT_FAILED : EXIT_DONE;
}
