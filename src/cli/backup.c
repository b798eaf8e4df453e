#include "app/ops/backup.h"

#include "app/ops/restore.h"
#include "cli/cli.h"
#include "cli/version.h"

#include <stdio.h>

/* What is as it should be is not worth a line. */
static void print_wrong(void *arg, const char *what, struct str text)
{
    (void)arg;
    if (text.n) printf("%-16s %.*s\n", what, STR_ARG(text));
}

static const struct restore_watch WATCH = {print_wrong, cli_progress, NULL};

static void print_backup(struct arena *a, const char *word, const struct manifest *m)
{
    printf("%s: %ld rows of %zu tables, everything acknowledged before %.*s, head %.*s\n", word,
           (long)manifest_rows(m), m->tables.n, STR_ARG(moment_str(a, m->moment_ms)),
           STR_ARG(head_text(a, &m->head)));
}

static int make(struct cli *cli, const char *path)
{
    struct app *app;
    struct ctx c;
    struct manifest m;
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    enum status s = app_backup(&c, STR(HUIYUAN_VERSION), path, &m);
    app_end(&c);
    if (s == ST_OK) {
        print_backup(cli->arena, path, &m);
        puts("the keys are not in it: keep a copy of the key file in another place");
    }
    app_close(app);
    return s ? cli_fail(&c.fault) : EXIT_DONE;
}

static int verify(struct cli *cli, const char *path)
{
    struct manifest m;
    bool told;
    struct app_options o = cli_app_options(cli, false, false);
    if (app_backup_verify(cli->arena, &o, path, &WATCH, &cli->fault, &m, &told)) return cli_fail(&cli->fault);
    print_backup(cli->arena, "ok", &m);
    if (!told) puts("the database named by --db can't be opened here, so its trail does not tell of this");
    return EXIT_DONE;
}

int cmd_backup(struct cli *cli)
{
    bool verifies = cli->verify.n > 0;
    if (verifies == (cli->n_words == 1)) return cli_usage("backup takes FILE or --verify FILE");
    return verifies ? verify(cli, arena_cstr(cli->arena, cli->verify))
                    : make(cli, arena_cstr(cli->arena, cli->words[0]));
}

int cmd_restore(struct cli *cli)
{
    struct manifest m;
    struct app_options o = cli_app_options(cli, false, false);
    if (app_restore(cli->arena, &o, arena_cstr(cli->arena, cli->words[0]), &WATCH, &cli->fault, &m))
        return cli_fail(&cli->fault);
    print_backup(cli->arena, "restored", &m);
    return EXIT_DONE;
}
