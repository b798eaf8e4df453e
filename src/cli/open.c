#include "app/core/open.h"

#include "cli/cli.h"
#include "cli/version.h"

struct app_options cli_app_options(const struct cli *cli, bool create, bool any_schema)
{
    return (struct app_options){.db_url = cli->db,
                                .keys_path = cli->keys,
                                .today = cli->today,
                                .backups = cli->backups,
                                .version = STR(HUIYUAN_VERSION),
                                .create = create,
                                .any_schema = any_schema};
}

enum status cli_open(struct cli *cli, bool create, bool any_schema, struct app **ret)
{
    struct app_options o = cli_app_options(cli, create, any_schema);
    enum status s = app_open(&o, &cli->fault, ret);
    if (s) cli_fail(&cli->fault);
    return s;
}
