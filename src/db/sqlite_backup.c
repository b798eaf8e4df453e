#include "db/sqlite_backup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_BYTES (256u << 10)

/* Tables */

struct tables {
    sqlite3 *handle;
    struct arena *arena;
    db_count_fn *each;
    void *arg;
};

static int count_table(void *tables, int n, char **values, char **names)
{
    const struct tables *t = tables;
    sqlite3_stmt *stmt = NULL;
    (void)n, (void)names;
    char *sql = sqlite3_mprintf("select count(*) from \"%w\"", values[0]);
    int code = sql ? sqlite3_prepare_v2(t->handle, sql, -1, &stmt, NULL) : SQLITE_NOMEM;
    sqlite3_free(sql);
    if (code == SQLITE_OK) code = sqlite3_step(stmt);
    if (code == SQLITE_ROW) t->each(t->arg, values[0], sqlite3_column_int64(stmt, 0));
    sqlite3_finalize(stmt);
    return code == SQLITE_ROW ? 0 : 1;
}

enum status link_count_rows(struct db_conn *c, struct link *l, db_count_fn *each, void *arg)
{
    struct tables t = {l->handle, c->arena, each, arg};
    int code = sqlite3_exec(l->handle,
                            "select name from sqlite_schema where type = 'table' and name not like "
                            "'sqlite\\_%' escape '\\' order by name",
                            count_table, &t, NULL);
    return code == SQLITE_OK ? ST_OK : link_failed(c, "count rows", code, sqlite3_errmsg(l->handle));
}

/* Out */

/* In one step: the source's snapshot is held anyway, and a step more would only ask whether it still is. The
 * copy is nobody's yet: a journal of it, or waiting for the disk, would serve nothing. */
static int copy_pages(sqlite3 *from, sqlite3 *to)
{
    int code = sqlite3_exec(to, "pragma journal_mode = off; pragma synchronous = off", NULL, NULL, NULL);
    if (code != SQLITE_OK) return code;
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
    if (!copy) return sqlite3_errcode(to);
    int stepped = sqlite3_backup_step(copy, -1);
    code = sqlite3_backup_finish(copy);
    return code == SQLITE_OK && stepped != SQLITE_DONE ? stepped : code;
}

static enum status copy_to(struct db_conn *c, struct link *l, const char *path)
{
    sqlite3 *to = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(path, &to, flags, NULL);
    if (code == SQLITE_OK) code = copy_pages(l->handle, to);
    sqlite3_close(to);
    if (code == SQLITE_OK) return ST_OK;
    fail_detail(c->fault, ST_UNAVAILABLE, "dump: sqlite %d", code);
    return fail(c->fault, ST_UNAVAILABLE, "the copy of the database can't be written: %s",
                sqlite3_errstr(code));
}

static enum status hand_out(const char *path, struct arena *a, db_piece_fn *take, void *arg, struct fault *f)
{
    uint8_t *piece = arena_alloc(a, PIECE_BYTES);
    enum status s = ST_OK;
    ssize_t n = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(f, ST_UNAVAILABLE, "%s can't be read: %s", path, strerror(errno));
    while (s == ST_OK && (n = read(fd, piece, PIECE_BYTES)) > 0)
        s = take(arg, (struct bytes){piece, (size_t)n});
    if (s == ST_OK && n < 0) s = fail(f, ST_UNAVAILABLE, "%s can't be read: %s", path, strerror(errno));
    close(fd);
    return s;
}

enum status link_dump(struct db_conn *c, struct link *l, const char *folder, db_piece_fn *take, void *arg)
{
    const char *path = arena_fmt(c->arena, "%s/database", folder).p;
    enum status s = copy_to(c, l, path);
    if (s == ST_OK) s = hand_out(path, c->arena, take, arg, c->fault);
    unlink(path);
    return s;
}

/* In */

enum status sqlite_is_free(const char *path, struct arena *a, struct fault *f)
{
    static const char *const BESIDE[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++) {
        struct stat st;
        const char *file = arena_fmt(a, "%s%s", path, BESIDE[i]).p;
        if (lstat(file, &st) == 0)
            return fail(f, ST_CONFLICT,
                        "%s is there: nothing is overwritten; move the old database away, "
                        "with its -wal and -shm",
                        file);
        if (errno != ENOENT && errno != ENOTDIR)
            return fail(f, ST_UNAVAILABLE, "%s: %s", file, strerror(errno));
    }
    return ST_OK;
}

static bool write_piece(int fd, struct bytes piece)
{
    while (piece.n) {
        ssize_t n = write(fd, piece.p, piece.n);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        piece.p += n;
        piece.n -= (size_t)n;
    }
    return true;
}

enum status sqlite_load(const char *path, db_next_fn *next, void *arg, struct fault *f)
{
    enum status s = ST_OK;
    bool fine = true;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return fail(f, ST_UNAVAILABLE, "can't make %s: %s", path, strerror(errno));
    for (struct bytes piece = {.n = 1}; s == ST_OK && fine && piece.n;) {
        piece.n = 0;
        s = next(arg, &piece);
        fine = s != ST_OK || write_piece(fd, piece);
    }
    fine = fine && fsync(fd) == 0;
    if (!fine) s = fail(f, ST_UNAVAILABLE, "%s can't be written: %s", path, strerror(errno));
    close(fd);
    return s;
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    bool fine = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return fine;
}

enum status sqlite_rename(const char *from, const char *to, struct arena *a, struct fault *f)
{
    const char *slash = strrchr(to, '/');
    const char *folder = slash ? arena_fmt(a, "%.*s/", (int)(slash - to), to).p : ".";
    bool fine = sync_path(from, 0) && link(from, to) == 0;
    if (!fine && errno == EEXIST) return fail(f, ST_CONFLICT, "%s is there: nothing is overwritten", to);
    fine = fine && unlink(from) == 0 && sync_path(folder, O_DIRECTORY);
    return fine ? ST_OK : fail(f, ST_UNAVAILABLE, "%s can't be made: %s", to, strerror(errno));
}
