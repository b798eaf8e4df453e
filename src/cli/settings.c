#include "app/core/settings.h"
#include "app/core/settings_desk.h"
#include "cli/cli.h"

#include <stdio.h>

static enum status get_all(struct ctx *c)
{
    struct settings_list all;
    TRY(app_settings(c, &all));
    for (size_t i = 0; i < all.n; i++)
        printf("%s\t%.*s\n", all.p[i].row->name, STR_ARG(all.p[i].value));
    return ST_OK;
}

static enum status get(struct ctx *c, struct str name)
{
    struct setting_now now;
    struct setting_history_rows past;
    if (!setting_find(name))
        return fail(&c->fault, ST_NOT_FOUND, "no setting %.*s: huiyuan settings get lists them",
                    STR_ARG(name));
    TRY(app_setting(c, name, &now, &past));
    printf("%.*s\n", STR_ARG(now.value));
    return ST_OK;
}

static enum status set(struct ctx *c, struct str name, struct str value, struct str reason)
{
    struct setting_now now;
    struct setting_history_rows past;
    const struct setting *row = setting_find(name);
    if (!row)
        return fail(&c->fault, ST_NOT_FOUND, "no setting %.*s: huiyuan settings get lists them",
                    STR_ARG(name));
    struct str wrong = setting_wrong(c->arena, row, value);
    if (wrong.n) return fail(&c->fault, ST_BAD_INPUT, "%s %.*s", row->name, STR_ARG(wrong));
    TRY(app_setting(c, name, &now, &past));
    TRY(app_setting_set(c, &(struct setting_change){name, value, reason, now.version, STR_NONE}));
    printf("%s is set; it is in force for the next request\n", row->name);
    return ST_OK;
}

int cmd_settings(struct cli *cli)
{
    struct app *app;
    struct ctx c;
    bool sets = str_eq(cli->words[0], STR("set"));
    if (!sets && !str_eq(cli->words[0], STR("get"))) return cli_usage("settings takes get or set");
    if (sets && cli->n_words != 3) return cli_usage("settings set takes NAME and VALUE");
    if (sets && !cli->reason.n)
        return cli_usage("settings set needs --reason TEXT: it stands in the history");
    if (!sets && cli->n_words > 2) return cli_usage("settings get takes one NAME, or none for all");
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    enum status s = sets                ? set(&c, cli->words[1], cli->words[2], cli->reason)
                    : cli->n_words == 2 ? get(&c, cli->words[1])
                                        : get_all(&c);
    app_end(&c);
    app_close(app);
    return s ? cli_fail(&c.fault) : EXIT_DONE;
}
