/* The command line: huiyuan COMMAND [OPTIONS]. Options beat the environment, the environment beats
 * huiyuan.ini. Exit status 0 done, 1 failed, 2 wrong usage; an error is one line on stderr that says what to
 * do (contract.md, The command line). */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "app/core/app.h"
#include "app/core/open.h"

#define EXIT_DONE   0
#define EXIT_FAILED 1
#define EXIT_USAGE  2

struct serve_options {
    struct str listen, url, trust_proxy, metrics;
    bool url_given; /* else it is made of the listen address */
    bool captcha;
    int threads, drain_s;
};
/* Serves until told to stop: the web floor's, handed in by main. */
typedef enum status serve_fn(struct app *app, const struct serve_options *o, struct fault *f);

int cli_main(int argc, char **argv, serve_fn *serve);

/* What a command is given. Options that it does not declare are refused. */
struct cli {
    struct arena *arena;
    struct str words[4]; /* what stands there besides options */
    int n_words;
    struct str db, listen, url, trust_proxy, keys, captcha, today;
    struct str role, members, companies, seed, password, status, company;
    struct str threads, drain, backups, metrics, head, reason, verify, repair, commit;
    struct fault fault;
    serve_fn *serve;
};

struct command {
    const char *name, *arguments, *does;
    const char *options; /* the long names that it takes, between blanks, besides --db, --keys and --help */
    int min_words, max_words;
    int (*run)(struct cli *cli);
};

int cmd_serve(struct cli *cli);
int cmd_migrate(struct cli *cli);
int cmd_demo(struct cli *cli);
int cmd_settings(struct cli *cli);
int cmd_staff(struct cli *cli);
int cmd_export(struct cli *cli);
int cmd_company(struct cli *cli);
int cmd_member(struct cli *cli);
int cmd_import(struct cli *cli);
int cmd_audit(struct cli *cli);
int cmd_backup(struct cli *cli);
int cmd_restore(struct cli *cli);
int cmd_keys(struct cli *cli);
int cmd_doctor(struct cli *cli);
int cmd_version(struct cli *cli);

/* Opens the database as the options say; the fault is told on stderr. */
enum status cli_open(struct cli *cli, bool create, bool any_schema, struct app **ret) MUST_USE;
struct app_options cli_app_options(const struct cli *cli, bool create, bool any_schema);
/* "huiyuan: …" on stderr; EXIT_FAILED. */
int cli_fail(const struct fault *f);
int cli_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* How many rows of how many, on a terminal only: one line, written over. */
void cli_progress(void *arg, int64_t done, int64_t all);
bool cli_int(struct str s, int64_t min, int64_t max, int64_t *ret);

#endif
