#include "db/program.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE_BYTES 200

/* Running */

static const char *const *environment(const char *password, struct arena *a)
{
    size_t n = 0, kept = 0;
    while (environ[n])
        n++;
    const char **all = ARENA_ARRAY(a, n + 2, const char *);
    for (size_t i = 0; i < n; i++)
        if (!password || strncmp(environ[i], "PGPASSWORD=", 11) != 0) all[kept++] = environ[i];
    if (password) all[kept] = arena_fmt(a, "PGPASSWORD=%s", password).p;
    return all;
}

static int spawn(pid_t *ret, const char *const *argv, const char *const *env, int in, int out, int said)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigdefault(&how, &defaults);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&files);
    if (in >= 0)
        posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    else
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (out >= 0)
        posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    else
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, said, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    int error = posix_spawn(ret, argv[0], &files, &how, (char *const *)argv, (char *const *)env);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return error;
}

enum status program_start(struct program *p, const char *const *argv, const char *password, bool reads,
                          struct fault *f)
{
    int ends[2] = {-1, -1}, error = 0;
    pid_t pid = -1;
    int said = memfd_create("said", MFD_CLOEXEC);
    if (said < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) error = errno;
    struct arena *a = arena_new();
    if (!error)
        error = spawn(&pid, argv, environment(password, a), reads ? ends[1] : -1, reads ? -1 : ends[1], said);
    arena_free(a);
    if (ends[1] >= 0) close(ends[1]);
    if (error) {
        if (ends[0] >= 0) close(ends[0]);
        if (said >= 0) close(said);
        return fail(f, ST_UNAVAILABLE, "%s can't be run: %s", argv[0], strerror(error));
    }
    *p = (struct program){pid, ends[0], said};
    return ST_OK;
}

bool program_feed(struct program *p, struct bytes piece)
{
    while (piece.n) {
        ssize_t n = send(p->io, piece.p, piece.n, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        piece.p += n;
        piece.n -= (size_t)n;
    }
    return true;
}

/* The first line says what happened; those of pg_dump that follow say where. */
static void first_line(int said, char ret[LINE_BYTES])
{
    ssize_t n = pread(said, ret, LINE_BYTES - 1, 0);
    ret[n > 0 ? n : 0] = 0;
    ret[strcspn(ret, "\n")] = 0;
}

enum status program_end(struct program *p, const char *name, bool stop, struct fault *f)
{
    char line[LINE_BYTES];
    int code = 0;
    if (stop) kill(p->pid, SIGTERM);
    close(p->io);
    while (waitpid(p->pid, &code, 0) < 0 && errno == EINTR)
        continue;
    first_line(p->said, line);
    close(p->said);
    if (stop || (WIFEXITED(code) && WEXITSTATUS(code) == 0)) return ST_OK;
    return fail(f, ST_UNAVAILABLE, "%s failed: %s", name, line[0] ? line : "it was ended");
}

/* Finding */

/* "pg_dump (PostgreSQL) 15.8 (Debian …)"; 0: it does not say. */
static int version_of(const char *path)
{
    struct program p;
    struct fault f = {0};
    char text[LINE_BYTES];
    size_t n = 0;
    if (program_start(&p, (const char *const[]){path, "--version", NULL}, NULL, false, &f) != ST_OK) return 0;
    for (ssize_t got = 1; got > 0 && n<sizeof text - 1; n += got> 0 ? (size_t)got : 0)
        got = read(p.io, text + n, sizeof text - 1 - n);
    text[n] = 0;
    const char *word = strstr(text, ") ");
    bool ended = program_end(&p, path, false, &f) == ST_OK;
    return ended && word ? (int)strtol(word + 2, NULL, 10) : 0;
}

struct search {
    const char *best;
    int least, nearest, newest_old;
};

static void consider(struct search *s, const char *path)
{
    if (access(path, X_OK) != 0) return;
    int version = version_of(path);
    if (version < s->least && version > s->newest_old) s->newest_old = version;
    if (version < s->least || (s->best && version >= s->nearest)) return;
    s->best = path;
    s->nearest = version;
}

static void search_versions(struct search *s, const char *name, const char *versions, struct arena *a)
{
    DIR *folder = opendir(versions);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            consider(s, arena_fmt(a, "%s/%s/bin/%s", versions, entry->d_name, name).p);
    closedir(folder);
}

static void search_path(struct search *s, const char *name, struct arena *a)
{
    struct str part, rest = str_from(getenv("PATH"));
    while (rest.n) {
        str_cut(rest, ':', &part, &rest);
        if (part.n) consider(s, arena_fmt(a, "%.*s/%s", STR_ARG(part), name).p);
    }
}

/* Debian's programs before the wrappers of the same name in PATH, which choose a version by themselves, and
 * take their time. */
enum status program_find(const char *name, int least, const char *versions, struct arena *a, struct fault *f,
                         const char **ret)
{
    struct search s = {.least = least};
    search_versions(&s, name, versions, a);
    if (!s.best || s.nearest > least) search_path(&s, name, a);
    if (!s.best && s.newest_old)
        return fail(f, ST_UNAVAILABLE,
                    "%s is of version %d, older than the server's %d: apt-get install postgresql-client-%d",
                    name, s.newest_old, least, least);
    if (!s.best)
        return fail(f, ST_UNAVAILABLE, "%s is not installed: apt-get install postgresql-client-%d", name,
                    least);
    *ret = s.best;
    return ST_OK;
}
