#include "app/core/temporary.h"
#include "app/imports/files.h"
#include "app/imports/jobs.h"
#include "app/imports/run.h"
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

/* The membership desk, as far as rights go; the trail says that nobody was logged in. */
static void begin(struct cli *cli, struct app *app, struct ctx *c)
{
    ctx_init(c, app, cli->arena);
    c->actor = (struct actor){.side = SIDE_STAFF, .roles = ROLE_MEMBERSHIP};
}

static enum status work(struct cli *cli, struct ctx *c, struct job_id id, struct import_page *ret)
{
    TRY(import_run(c, id, import_node(cli->arena), cli_progress, NULL));
    enum status s = app_import(c, id, ret);
    app_end(c);
    return s;
}

/* Beside the sheet; what is there is not written over. */
static enum status write_errors(struct cli *cli, struct ctx *c, struct job_id id)
{
    struct import_file errors;
    int fd;
    struct str path = arena_fmt(cli->arena, "%.*s.errors.xlsx", STR_ARG(cli->words[1]));
    TRY(app_import_errors(c, id, &errors));
    TRY(file_create(&c->fault, path.p, &fd));
    bool whole = write(fd, errors.bytes.p, errors.bytes.n) == (ssize_t)errors.bytes.n;
    if (close(fd) != 0 || !whole) return fail(&c->fault, ST_UNAVAILABLE, "cannot write %s", path.p);
    fprintf(stderr, "the wrong rows, with why: %s\n", path.p);
    return ST_OK;
}

static enum status told(struct ctx *c, const struct import_page *page, enum import_state wanted)
{
    const struct job_full *job = &page->job.row;
    printf("job %ld: %ld rows, %ld good (%ld of them known and left as they are), %ld wrong, %ld to be "
           "looked at, %ld new companies: %.*s\n",
           (long)job->id.v, (long)job->total, (long)job->good, (long)page->n_known, (long)job->bad,
           (long)page->n_open, (long)page->n_companies, STR_ARG(job->state));
    if (page->job.state == wanted) return ST_OK;
    return fail(&c->fault, ST_CONFLICT, "%.*s", STR_ARG(job->why));
}

static enum status import(struct cli *cli, struct ctx *c, enum import_kind kind)
{
    struct job_id id;
    struct import_page page;
    struct import_input in = {.kind = str_from(import_kind_code(kind)), .name = cli->words[1]};
    TRY(file_map(cli->arena, &c->fault, arena_cstr(cli->arena, cli->words[1]), &in.file));
    enum status s = app_import_start(c, &in, &id);
    if (s == ST_BAD_INPUT) return fail(&c->fault, s, "%.*s", STR_ARG(c->problems.p[0].text));
    if (s) return s;
    TRY(work(cli, c, id, &page));
    TRY(told(c, &page, IMPORT_CHECKED));
    if (page.job.row.bad) {
        TRY(write_errors(cli, c, id));
        return fail(&c->fault, ST_CONFLICT, "%ld rows are wrong: nothing is imported before they are mended",
                    (long)page.job.row.bad);
    }
    if (!cli->commit.n) {
        printf("this was a dry run: with --commit it is imported\n");
        return ST_OK;
    }
    TRY(app_import_commit(c, id));
    TRY(work(cli, c, id, &page));
    return told(c, &page, IMPORT_COMMITTED);
}

static int run_import(struct cli *cli, enum import_kind kind)
{
    struct app *app;
    struct ctx c;
    if (!str_eq(cli->words[0], STR("import"))) return cli_usage("it takes import FILE");
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    begin(cli, app, &c);
    enum status s = import(cli, &c, kind);
    app_end(&c);
    app_close(app);
    return s ? cli_fail(&c.fault) : EXIT_DONE;
}

int cmd_company(struct cli *cli)
{
    return run_import(cli, IMPORT_COMPANY);
}

int cmd_member(struct cli *cli)
{
    return run_import(cli, IMPORT_MEMBER);
}

static enum status undo(struct cli *cli, struct ctx *c, struct job_id id)
{
    struct import_page page;
    TRY(app_import_undo(c, id));
    TRY(work(cli, c, id, &page));
    return told(c, &page, IMPORT_UNDONE);
}

int cmd_import(struct cli *cli)
{
    struct app *app;
    struct ctx c;
    struct job_id id;
    if (!str_eq(cli->words[0], STR("undo"))) return cli_usage("import takes undo JOB");
    if (!cli_int(cli->words[1], 1, INT64_MAX, &id.v)) return cli_usage("a job has a number");
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    begin(cli, app, &c);
    enum status s = undo(cli, &c, id);
    app_end(&c);
    app_close(app);
    return s ? cli_fail(&c.fault) : EXIT_DONE;
}
