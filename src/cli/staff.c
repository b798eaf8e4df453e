#include "app/access/accounts.h"
#include "app/access/roles.h"
#include "app/core/open.h"
#include "base/text.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PASSWORD_SIZE 600

/* One line of stdin; not shown where it is typed. */
static struct str read_password(char buffer[PASSWORD_SIZE])
{
    struct termios shown, hidden;
    bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        fputs("password: ", stderr);
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    bool read = fgets(buffer, PASSWORD_SIZE, stdin);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    if (!read) buffer[0] = 0;
    buffer[strcspn(buffer, "\r\n")] = 0;
    return str_from(buffer);
}

/* What needs no password. */
static int stand(struct cli *cli, bool disable)
{
    struct app *app;
    struct ctx c;
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    enum status s =
        disable ? app_staff_disable(&c, cli->words[1]) : app_staff_set_roles(&c, cli->words[1], cli->role);
    app_end(&c);
    app_close(app);
    if (s) return cli_fail(&c.fault);
    puts(disable ? "account disabled; its sessions have ended" : "roles changed; they hold from now on");
    return EXIT_DONE;
}

static int ask_for_roles(const char *word)
{
    return cli_usage("staff %s needs --role: membership, finance, training, content, viewer (several with "
                     "commas), or one of system, security, auditor",
                     word);
}

int cmd_staff(struct cli *cli)
{
    struct app *app;
    struct ctx c;
    char password[PASSWORD_SIZE];
    unsigned roles;
    bool add = str_eq(cli->words[0], STR("add")), role = str_eq(cli->words[0], STR("role"));
    if (str_eq(cli->words[0], STR("disable"))) return stand(cli, true);
    if ((add || role) && !roles_parse(cli->role, &roles)) return ask_for_roles(add ? "add" : "role");
    if (role) return stand(cli, false);
    if (!add && !str_eq(cli->words[0], STR("passwd")))
        return cli_usage("staff takes add, passwd, role or disable");
    if (cli_open(cli, false, false, &app)) return EXIT_FAILED;
    ctx_init(&c, app, cli->arena);
    struct str typed = text_nfc(cli->arena, read_password(password));
    enum status s = add ? app_staff_add(&c, cli->words[1], cli->role, typed)
                        : app_staff_set_password(&c, cli->words[1], typed);
    explicit_bzero(password, sizeof password);
    app_end(&c);
    app_close(app);
    if (s) return cli_fail(&c.fault);
    printf("%s; the password is changed at the first login\n", add ? "account added" : "password set");
    return EXIT_DONE;
}
