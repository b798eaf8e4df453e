#include "app/ops/keys_desk.h"
#include "cli/cli.h"

#include <stdio.h>

static enum status export(struct cli *cli, struct ctx *c) {
    const char *path = arena_cstr(c->arena, cli->words[1]); TRY(app_keys_export(c, path));
    printf("%s: print it, lock it away from the backups, and delete the file; checksum %.*s\n", path,
           STR_ARG(app_keys_sum(c)));
    return ST_OK;
}

static enum status check(struct cli *cli, struct ctx *c)
{
    TRY(app_keys_check(c, arena_cstr(c->arena, cli->words[1])));
    printf("ok, the keys of this database, checksum %.*s\n", STR_ARG(app_keys_sum(c)));
    return ST_OK;
}

int cmd_keys(struct cli *cli)
{
    struct app *app;
    struct ctx c;
    bool exports = str_eq(cli->words[0], STR("export"));
    if (!exports && !str_eq(cli->words[0], STR("check"))) return cli_usage("keys takes export or check");
    if (exports && !str_ends(cli->words[1], STR(".pdf"))) return cli_usage("keys export takes FILE.pdf");
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    enum status s = exports ? export(cli, &c) : check(cli, &c);
    app_end(&c);
    app_close(app);
    return s ? cli_fail(&c.fault) : EXIT_DONE;
}
