#include "cli/cli.h"

#include "cli/version.h"

#include <stdio.h>

int cmd_version(struct cli *cli)
{
    (void)cli;
    printf("huiyuan %s\n", HUIYUAN_VERSION);
    return EXIT_DONE;
}
