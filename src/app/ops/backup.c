#include "app/ops/backup.h"

#include "app/core/trail.h"
#include "app/ops/archive.h"
#include "app/ops/workplace.h"
#include "db/backup.h"
#include "gen/queries.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status name_is_free(const char *path, struct fault *f)
{
    struct stat st;
    if (lstat(path, &st) == 0)
        return fail(f, ST_CONFLICT, "%s is there already: nothing is overwritten; name a new file", path);
    return errno == ENOENT ? ST_OK : fail(f, ST_UNAVAILABLE, "%s: %s", path, strerror(errno));
}

struct counting {
    struct arena *arena;
    struct table_counts *to;
};

static void take_count(void *arg, const char *table, int64_t rows)
{
    const struct counting *n = arg;
    *ARENA_PUSH(n->arena, n->to) = (struct table_count){arena_str(n->arena, str_from(table)), rows};
}

/* The moment before the snapshot: what was acknowledged until then is in it. */
static enum status look(struct ctx *c, struct str version, struct manifest *m)
{
    app_read_end(c);
    *m = (struct manifest){.version = version,
                           .engine = db_engine(c->app->db) == DB_SQLITE ? STR("sqlite") : STR("postgresql"),
                           .key = keys_id(c->app->keys),
                           .schema = huiyuan_migrations_n,
                           .moment_ms = clock_now_ms()};
    TRY(app_read(c));
    TRY(head_newest(c, &m->head));
    return db_count_rows(c->db, take_count, &(struct counting){c->arena, &m->tables});
}

struct writing {
    struct archive archive;
    struct fault *fault;
    const atomic_bool *stop;
};

static enum status take_piece(void *arg, struct bytes piece)
{
    struct writing *w = arg;
    if (w->stop && atomic_load(w->stop)) return fail(w->fault, ST_UNAVAILABLE, "the server was stopped");
    return archive_add(&w->archive, piece, w->fault);
}

static enum status write_all(struct ctx *c, const char *folder, const char *file, int fd,
                             const atomic_bool *stop, struct manifest *m)
{
    struct writing w = {.fault = &c->fault, .stop = stop};
    struct str text = manifest_text(c->arena, c->app->keys, m);
    TRY(archive_begin(&w.archive, fd, file, text.n, &c->fault));
    TRY(db_dump(c->db, folder, take_piece, &w));
    archive_digest(&w.archive, m->sha256);
    return archive_end(&w.archive, manifest_text(c->arena, c->app->keys, m), m->moment_ms, &c->fault);
}

static enum status write_file(struct ctx *c, const char *folder, const char *file, const atomic_bool *stop,
                              struct manifest *m)
{
    int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return fail(&c->fault, ST_UNAVAILABLE, "%s can't be made: %s", file, strerror(errno));
    enum status s = write_all(c, folder, file, fd, stop, m);
    close(fd);
    return s;
}

/* From here on it is a backup. */
static enum status give_name(struct ctx *c, const char *file, const char *path)
{
    if (link(file, path) != 0)
        return errno == EEXIST
                   ? name_is_free(path, &c->fault)
                   : fail(&c->fault, ST_UNAVAILABLE, "%s can't be made: %s", path, strerror(errno));
    int fd = open(folder_of_path(c->arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool durable = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return durable ? ST_OK : fail(&c->fault, ST_UNAVAILABLE, "%s can't be made: %s", path, strerror(errno));
}

static enum status note(struct ctx *c, const char *path, const struct manifest *m)
{
    struct str hash = arena_hex(c->arena, (struct bytes){m->sha256, sizeof m->sha256});
    enum status s = audit_add_alone(
        c, &(struct audit_note){.event = "system.backup",
                                .note = arena_fmt(c->arena, "%s sha256 %.*s head %.*s", path, STR_ARG(hash),
                                                  STR_ARG(head_text(c->arena, &m->head)))});
    return s == ST_OK ? s
                      : fail(&c->fault, s, "%s is whole, but the audit trail could not take it down", path);
}

enum status backup_make(struct ctx *c, struct str version, const char *path, const atomic_bool *stop,
                        struct manifest *ret)
{
    struct manifest m;
    const char *folder;
    TRY(name_is_free(path, &c->fault));
    TRY(workplace_make(c->arena, folder_of_path(c->arena, path), &c->fault, &folder));
    const char *file = arena_fmt(c->arena, "%s/backup", folder).p;
    TRY(look(c, version, &m));
    TRY(write_file(c, folder, file, stop, &m));
    app_read_end(c);
    TRY(give_name(c, file, path));
    *ret = m;
    return note(c, path, &m);
}

enum status app_backup(struct ctx *c, struct str version, const char *path, struct manifest *ret)
{
    return backup_make(c, version, path, NULL, ret);
}
