#include "app/core/trail.h"
#include "base/limits.h"
#include "cli/cli.h"

#include <stdio.h>

static enum status walk(struct ctx *c, int64_t *ret_rows)
{
    int64_t bad;
    TRY(app_audit_walk(c, cli_progress, NULL, ret_rows, &bad));
    if (!bad) return ST_OK;
    printf("row %ld does not check\n", (long)bad);
    return fail(&c->fault, ST_BROKEN,
                "the trail was changed at row %ld: put a backup back, and keep this one", (long)bad);
}

static enum status check_mark(struct ctx *c)
{
    struct str wrong;
    TRY(app_audit_mark(c, &wrong));
    return wrong.n ? fail(&c->fault, ST_BROKEN, "%.*s", STR_ARG(wrong)) : ST_OK;
}

static enum status check_head(struct ctx *c, struct str line)
{
    struct head h;
    enum head_found found;
    if (!head_parse(line, &h))
        return fail(&c->fault, ST_BAD_INPUT,
                    "--head takes a file of lines NUMBER MAC, as audit head prints them");
    TRY(app_audit_find(c, &h, &found));
    if (found == HEAD_HELD) return ST_OK;
    return fail(&c->fault, ST_BROKEN, "the chain does not contain the head %ld: %s", (long)h.number,
                found == HEAD_BEYOND ? "rows were lost or cut off" : "that row is another one");
}

/* Every line of the file: heads are kept by adding one below the other. */
static enum status check_heads(struct ctx *c, struct str path)
{
    char line[LIMIT_HEAD_LINE];
    int n = 0;
    FILE *file = fopen(arena_cstr(c->arena, path), "re");
    if (!file) return fail(&c->fault, ST_NOT_FOUND, "%.*s can't be read", STR_ARG(path));
    enum status s = ST_OK;
    while (s == ST_OK && fgets(line, sizeof line, file)) {
        struct str text = str_trim(str_from(line));
        if (!text.n) continue;
        n++;
        s = check_head(c, text);
    }
    fclose(file);
    if (s == ST_OK && n == 0) return fail(&c->fault, ST_BAD_INPUT, "%.*s holds no head", STR_ARG(path));
    return s;
}

static enum status verify(struct cli *cli, struct ctx *c)
{
    int64_t rows;
    TRY(walk(c, &rows));
    if (cli->head.n) TRY(check_heads(c, cli->head));
    TRY(check_mark(c));
    printf("ok, %ld rows\n", (long)rows);
    return ST_OK;
}

static enum status print_head(struct cli *cli, struct ctx *c)
{
    struct head h;
    (void)cli;
    TRY(app_audit_head(c, &h));
    printf("%.*s\n", STR_ARG(head_text(c->arena, &h)));
    return ST_OK;
}

static enum status accept_head(struct cli *cli, struct ctx *c)
{
    if (!str_trim(cli->reason).n)
        return fail(&c->fault, ST_BAD_INPUT,
                    "audit accept needs --reason: why the newest row is the right one");
    TRY(app_audit_accept(c, str_trim(cli->reason)));
    puts("accepted; restart the servers of this database");
    return ST_OK;
}

static const struct {
    const char *word;
    enum status (*run)(struct cli *cli, struct ctx *c);
} ACTS[] = {{"verify", verify}, {"head", print_head}, {"accept", accept_head}};
#define N_ACTS (sizeof ACTS / sizeof *ACTS)

int cmd_audit(struct cli *cli)
{
    struct app *app;
    struct ctx c;
    size_t i = 0;
    while (i < N_ACTS && !str_eq(cli->words[0], str_from(ACTS[i].word)))
        i++;
    if (i == N_ACTS) return cli_usage("audit takes verify, head or accept");
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    enum status s = ACTS[i].run(cli, &c);
    app_end(&c);
    app_close(app);
    if (s == ST_OK) return EXIT_DONE;
    cli_fail(&c.fault);
    return s == ST_BAD_INPUT ? EXIT_USAGE : EXIT_FAILED;
}
