#include "cli/cli.h"
#include "app/core/open.h"

#include "base/text.h"
#include "domain/typed_code.h"

#include <ini.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct command COMMANDS[] = {
    {"serve", "", "runs the server", " listen url trust-proxy captcha threads drain backups metrics ", 0, 0,
     cmd_serve},
    {"migrate", "", "brings the database to this version", " ", 0, 0, cmd_migrate},
    {"demo", "--members N [--companies M] [--seed S] [--password P]",
     "fills an empty database with synthetic people", " members companies seed password ", 0, 0, cmd_demo},
    {"staff", "add NAME --role ROLE[,ROLE] | passwd NAME | role NAME --role ROLE[,ROLE] | disable NAME",
     "accounts of the association; the password comes from stdin", " role ", 2, 2, cmd_staff},
    {"settings", "get [NAME] | set NAME VALUE --reason TEXT",
     "what the association decides for itself: prints it, or changes it at once for every server", " reason ",
     1, 3, cmd_settings},
    {"export", "members FILE [--status S] [--company C]", "the register as .xlsx or .csv", " status company ",
     2, 2, cmd_export},
    {"company", "import FILE [--commit]",
     "companies from .xlsx or .csv: a dry run, unless --commit; wrong rows go to FILE.errors.xlsx",
     " commit ", 2, 2, cmd_company},
    {"member", "import FILE [--commit]",
     "people from .xlsx or .csv: a dry run, unless --commit; wrong rows go to FILE.errors.xlsx", " commit ",
     2, 2, cmd_member},
    {"import", "undo JOB", "takes an import back, while nothing newer depends on it", " ", 2, 2, cmd_import},
    {"audit", "verify [--head FILE] | head | accept --reason TEXT",
     "walks the chain of the audit log; prints its newest row, for keeping outside; goes on after an older "
     "copy "
     "was put back",
     " head reason ", 1, 1, cmd_audit},
    {"backup", "FILE | --verify FILE",
     "everything in one file, while the server works, but never the keys; or looks whether such a file can "
     "be restored",
     " verify ", 0, 1, cmd_backup},
    {"restore", "FILE", "makes the database from a backup, where there is none", " ", 1, 1, cmd_restore},
    {"keys", "export FILE.pdf | check FILE",
     "a form of the keys to print and lock away; looks whether such a form, or a copy of the key file, is "
     "whole",
     " ", 2, 2, cmd_keys},
    {"doctor", "[--repair]",
     "looks whether everything is as it should be; --repair makes anew what is derived", " repair ", 0, 0,
     cmd_doctor},
    {"version", "", "name, version, libraries", " ", 0, 0, cmd_version},
};
#define N_COMMANDS (sizeof COMMANDS / sizeof *COMMANDS)

/* A path or an address is the bytes that were given; the others are text in the form of base/text.h. */
enum kind { PLACE, TEXT, PASSWORD, FLAG };
#define OPTION(name, environment, field, kind)                                                               \
    {                                                                                                        \
        name, environment, offsetof(struct cli, field), kind                                                 \
    }
static const struct {
    const char *name, *environment;
    size_t offset;
    enum kind kind;
} OPTIONS[] = {
    OPTION("db", "HUIYUAN_DB", db, PLACE),
    OPTION("listen", "HUIYUAN_LISTEN", listen, PLACE),
    OPTION("url", "HUIYUAN_URL", url, PLACE),
    OPTION("trust-proxy", "HUIYUAN_TRUST_PROXY", trust_proxy, PLACE),
    OPTION("keys", "HUIYUAN_KEYS", keys, PLACE),
    OPTION("captcha", "HUIYUAN_CAPTCHA", captcha, TEXT),
    OPTION("threads", "HUIYUAN_THREADS", threads, TEXT),
    OPTION("drain", "HUIYUAN_DRAIN", drain, TEXT),
    OPTION("backups", "HUIYUAN_BACKUPS", backups, PLACE),
    OPTION("metrics", "HUIYUAN_METRICS", metrics, PLACE),
    OPTION("today", "HUIYUAN_TODAY", today, TEXT),
    OPTION("role", NULL, role, TEXT),
    OPTION("members", NULL, members, TEXT),
    OPTION("companies", NULL, companies, TEXT),
    OPTION("seed", NULL, seed, TEXT),
    OPTION("password", NULL, password, PASSWORD),
    OPTION("status", NULL, status, TEXT),
    OPTION("company", NULL, company, TEXT),
    OPTION("head", NULL, head, PLACE),
    OPTION("verify", NULL, verify, PLACE),
    OPTION("reason", NULL, reason, TEXT),
    OPTION("repair", NULL, repair, FLAG),
    OPTION("commit", NULL, commit, FLAG),
};
#define N_OPTIONS (sizeof OPTIONS / sizeof *OPTIONS)

static struct str *option_value(struct cli *cli, size_t i)
{
    return (struct str *)(void *)((char *)cli + OPTIONS[i].offset);
}

static bool option_find(struct str name, size_t *ret)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (!str_eq(name, str_from(OPTIONS[i].name))) continue;
        *ret = i;
        return true;
    }
    return false;
}

int cli_fail(const struct fault *f)
{
    const char *text = f->text[0] ? f->text : "failed";
    fprintf(stderr, "huiyuan: %s%s%s%s\n", text, f->detail[0] ? " (" : "", f->detail,
            f->detail[0] ? ")" : "");
    return EXIT_FAILED;
}

int cli_usage(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("huiyuan: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_USAGE;
}

void cli_progress(void *arg, int64_t done, int64_t all)
{
    (void)arg;
    if (!isatty(STDERR_FILENO)) return;
    fprintf(stderr, "\r%ld of %ld rows%s", (long)done, (long)all, done < all ? "" : "\n");
}

bool cli_int(struct str s, int64_t min, int64_t max, int64_t *ret)
{
    int64_t v;
    if (!typed_int(s, &v) || v < min || v > max) return false;
    *ret = v;
    return true;
}

static void print_help(FILE *to)
{
    fputs("usage: huiyuan COMMAND [OPTIONS]\n\n", to);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(to, "  %-8s %s\n", COMMANDS[i].name, COMMANDS[i].does);
    fputs("\nhuiyuan COMMAND --help says more. Options of all: --db URL, --keys FILE.\n", to);
}

static void print_command_help(const struct command *c)
{
    printf("usage: huiyuan %s %s\n\n%s\n\noptions: --db URL, --keys FILE", c->name, c->arguments, c->does);
    struct str rest = str_trim(str_from(c->options)), word;
    while (rest.n) {
        str_cut(rest, ' ', &word, &rest);
        printf(", --%.*s", STR_ARG(word));
    }
    putchar('\n');
}

/* Weakest first: the file of the machine … */
static int ini_line(void *user, const char *section, const char *name, const char *value)
{
    struct cli *cli = user;
    size_t i;
    if (section[0] || !option_find(str_from(name), &i) || !OPTIONS[i].environment) return 0;
    *option_value(cli, i) = arena_str(cli->arena, str_from(value));
    return 1;
}

/* … then the environment. */
static void read_environment(struct cli *cli)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const char *value = OPTIONS[i].environment ? getenv(OPTIONS[i].environment) : NULL;
        if (value && value[0]) *option_value(cli, i) = str_from(value);
    }
}

static bool takes(const struct command *c, struct str name)
{
    /* --captcha is of serve, and the others let it stand: one line of options serves every command. */
    if (str_eq(name, STR("db")) || str_eq(name, STR("keys")) || str_eq(name, STR("captcha"))) return true;
    char padded[40];
    snprintf(padded, sizeof padded, " %.*s ", STR_ARG(name));
    return strstr(c->options, padded);
}

/* --name value or --name=value. Moves *at behind it. */
static int read_option(struct cli *cli, const struct command *c, int argc, char **argv, int *at)
{
    struct str name, value, word = str_from(argv[*at] + 2);
    size_t i;
    bool joined = str_cut(word, '=', &name, &value);
    if (!option_find(name, &i) || !takes(c, name))
        return cli_usage("%s takes no --%.*s", c->name, STR_ARG(name));
    if (OPTIONS[i].kind == FLAG) {
        if (joined) return cli_usage("--%.*s takes no value", STR_ARG(name));
        value = STR("1");
    } else if (!joined) {
        if (*at + 1 >= argc) return cli_usage("--%.*s needs a value", STR_ARG(name));
        value = str_from(argv[++*at]);
    }
    *option_value(cli, i) = value;
    return EXIT_DONE;
}

static int read_arguments(struct cli *cli, const struct command *c, int argc, char **argv)
{
    for (int at = 2; at < argc; at++) {
        if (strncmp(argv[at], "--", 2) == 0) {
            int wrong = read_option(cli, c, argc, argv, &at);
            if (wrong) return wrong;
        } else if (cli->n_words < 4) {
            cli->words[cli->n_words++] = str_from(argv[at]);
        } else {
            return cli_usage("too many words: huiyuan %s %s", c->name, c->arguments);
        }
    }
    if (cli->n_words < c->min_words || cli->n_words > c->max_words)
        return cli_usage("usage: huiyuan %s %s", c->name, c->arguments);
    return EXIT_DONE;
}

static void clean_options(struct cli *cli)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        struct str *value = option_value(cli, i);
        if (OPTIONS[i].kind == TEXT) *value = text_clean(cli->arena, *value);
        if (OPTIONS[i].kind == PASSWORD) *value = text_nfc(cli->arena, *value);
    }
}

static bool is_database(struct str url)
{
    return str_starts(url, STR("sqlite:")) || str_starts(url, STR("postgresql://"));
}

static int run(const struct command *c, int argc, char **argv, serve_fn *serve)
{
    struct cli cli = {.arena = arena_new(),
                      .db = STR("sqlite:data/huiyuan.db"),
                      .listen = STR("127.0.0.1:8080"),
                      .captcha = STR("image"),
                      .password = STR("Demo-2026"),
                      .serve = serve};
    int wrong = ini_parse("huiyuan.ini", ini_line, &cli);
    int code;
    if (wrong > 0) {
        code = cli_usage("huiyuan.ini, line %d: not an option of this program", wrong);
    } else {
        read_environment(&cli);
        code = read_arguments(&cli, c, argc, argv);
        clean_options(&cli);
        if (code == EXIT_DONE && !is_database(cli.db))
            code = cli_usage("--db takes sqlite:PATH or postgresql://…");
        if (code == EXIT_DONE) code = c->run(&cli);
    }
    arena_free(cli.arena);
    return code;
}

int cli_main(int argc, char **argv, serve_fn *serve)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (strcmp(argv[1], COMMANDS[i].name) != 0) continue;
        for (int at = 2; at < argc; at++) {
            if (strcmp(argv[at], "--help") != 0) continue;
            print_command_help(&COMMANDS[i]);
            return EXIT_DONE;
        }
        return run(&COMMANDS[i], argc, argv, serve);
    }
    return cli_usage("no command %s: huiyuan --help lists them", argv[1]);
}
