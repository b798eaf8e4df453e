#include "app/companies/companies.h"
#include "app/core/open.h"
#include "app/reports/exports.h"
#include "cli/cli.h"

#include <stdio.h>

static bool kind_of(struct str file, enum export_kind *ret)
{
    *ret = str_ends(file, STR(".csv")) ? EXPORT_CSV : EXPORT_XLSX;
    return *ret == EXPORT_CSV || str_ends(file, STR(".xlsx"));
}

static enum status export(struct cli *cli, struct ctx *c, struct member_filter *f, enum export_kind kind) {
    struct export_result result; if (cli->company.n) TRY(app_company_named(c, cli->company, &f->company));
    TRY(app_members_export(c, f, arena_cstr(cli->arena, cli->words[1]), kind, &result));
    printf("%ld rows to %.*s\n", (long)result.rows, STR_ARG(cli->words[1]));
    return ST_OK;
}

int cmd_export(struct cli *cli)
{
    struct app *app;
    struct ctx c;
    struct member_filter f = {.state = STATE_NONE};
    enum export_kind kind;
    if (!str_eq(cli->words[0], STR("members"))) return cli_usage("export takes members FILE");
    if (!kind_of(cli->words[1], &kind)) return cli_usage("the file ends in .xlsx or .csv");
    if (cli->status.n && !member_state_parse(cli->status, &f.state))
        return cli_usage("no state %.*s", STR_ARG(cli->status));
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    enum status s = export(cli, &c, &f, kind);
    app_end(&c);
    app_close(app);
    return s ? cli_fail(&c.fault) : EXIT_DONE;
}
