#include "app/ops/restore.h"

#include "app/core/mark.h"
#include "app/core/trail.h"
#include "app/ops/archive.h"
#include "app/ops/setup.h"
#include "app/ops/workplace.h"
#include "db/backup.h"
#include "gen/queries.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_BYTES (256u << 10)

struct restoring {
    struct arena *arena, *results;
    const struct app_options *options;
    const struct restore_watch *watch;
    struct fault *fault;
    const char *path;
    struct str keys_path;
    struct archive *archive;
    struct manifest manifest;
    uint8_t *piece;
};

/* The file */

static enum status read_manifest(struct restoring *r)
{
    struct keys *keys;
    TRY(app_keys_path(r->options, r->arena, r->fault, &r->keys_path));
    TRY(keys_read(arena_cstr(r->arena, r->keys_path), r->fault, &keys));
    enum status s =
        manifest_read(r->results, keys, arena_str(r->results, r->archive->manifest), r->fault, &r->manifest);
    keys_free(keys);
    return s;
}

static enum status check_kind(struct restoring *r)
{
    struct str engine = r->manifest.engine;
    bool sqlite = str_starts(r->options->db_url, STR("sqlite:"));
    if (!str_eq(engine, sqlite ? STR("sqlite") : STR("postgresql")))
        return fail(r->fault, ST_CONFLICT, "the backup is of %.*s: name such a database with --db",
                    STR_ARG(engine));
    if (r->manifest.schema > huiyuan_migrations_n)
        return fail(r->fault, ST_CONFLICT,
                    "the backup was made by huiyuan %.*s, which is newer: install that version",
                    STR_ARG(r->manifest.version));
    return ST_OK;
}

static enum status next_piece(void *arg, struct bytes *ret)
{
    struct restoring *r = arg;
    return archive_next(r->archive, r->piece, PIECE_BYTES, r->fault, ret);
}

static enum status check_hash(struct restoring *r)
{
    uint8_t found[sizeof r->manifest.sha256];
    for (struct bytes piece = {.n = 1}; piece.n;)
        TRY(next_piece(r, &piece));
    archive_digest(r->archive, found);
    archive_rewind(r->archive);
    if (memcmp(found, r->manifest.sha256, sizeof found) == 0) return ST_OK;
    return fail(r->fault, ST_BROKEN,
                "%s is damaged: the database in it is not the one that was saved; take another one", r->path);
}

static enum status read_file(struct restoring *r)
{
    r->piece = arena_alloc(r->arena, PIECE_BYTES);
    TRY(archive_open(r->arena, r->path, r->fault, &r->archive));
    TRY(read_manifest(r));
    TRY(check_kind(r));
    return check_hash(r);
}

/* What came of it */

struct comparing {
    const struct table_counts *expected;
    struct str wrong; /* the first table that differs */
    size_t at;
    struct arena *arena;
};

static void compare_count(void *arg, const char *table, int64_t rows)
{
    struct comparing *n = arg;
    const struct table_count *t = n->at < n->expected->n ? &n->expected->p[n->at] : NULL;
    n->at++;
    if (n->wrong.n || (t && str_eq(t->name, str_from(table)) && t->rows == rows)) return;
    n->wrong = arena_str(n->arena, str_from(table));
}

static enum status compare(struct restoring *r, struct ctx *c)
{
    struct head newest;
    struct comparing n = {.expected = &r->manifest.tables, .arena = c->arena};
    TRY(app_read(c));
    TRY(db_count_rows(c->db, compare_count, &n));
    if (!n.wrong.n && n.at != n.expected->n) n.wrong = STR("a table is missing");
    if (n.wrong.n)
        return fail(&c->fault, ST_BROKEN, "the backup is not what its manifest says: rows of %.*s",
                    STR_ARG(n.wrong));
    TRY(head_newest(c, &newest));
    if (newest.number != r->manifest.head.number || !mac_same(newest.mac, r->manifest.head.mac))
        return fail(&c->fault, ST_BROKEN, "the backup is not what its manifest says: head of the trail");
    return ST_OK;
}

static enum status compare_and_migrate(struct restoring *r, const struct app_options *o)
{
    struct app *app;
    struct ctx c;
    int applied;
    struct app_options any = *o;
    any.any_schema = true;
    any.today = STR_NONE;
    TRY(app_open(&any, r->fault, &app));
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    enum status s = compare(r, &c);
    if (s) *r->fault = c.fault;
    app_end(&c);
    arena_free(a);
    if (s == ST_OK) s = app_migrate(app, &any, r->fault, &applied);
    app_close(app);
    return s;
}

static enum status look_over(struct restoring *r, const struct app_options *o)
{
    TRY(compare_and_migrate(r, o));
    int wrong = app_doctor_data(o, r->watch->line, r->watch->progress, r->watch->arg);
    if (!wrong) return ST_OK;
    return fail(r->fault, ST_BROKEN, "%s: %d things in it are not as they should be; take another one",
                r->path, wrong);
}

/* The keys in the workplace are a link: the mark of the copy lies there, too, and the real one stays as it
 * is. */
static enum status fill(struct restoring *r, struct str url, const char *folder, struct app_options *ret)
{
    char keys[PATH_MAX];
    const char *own = arena_fmt(r->arena, "%s/keys", folder).p;
    if (!realpath(arena_cstr(r->arena, r->keys_path), keys) || symlink(keys, own) != 0)
        return fail(r->fault, ST_UNAVAILABLE, "%s: %s", own, strerror(errno));
    TRY(db_load(url, r->arena, next_piece, r, r->fault));
    *ret = (struct app_options){.db_url = url, .keys_path = str_from(own), .today = r->options->today};
    return look_over(r, ret);
}

/* Beside an SQLite database, where there is room for one; else where the system keeps what is temporary. */
static const char *base_folder(struct restoring *r)
{
    const char *temporary = getenv("TMPDIR");
    struct str url = r->options->db_url;
    if (str_starts(url, STR("sqlite:"))) {
        const char *path = arena_cstr(r->arena, str_sub(url, sizeof "sqlite:" - 1, url.n));
        const char *folder = folder_of_path(r->arena, path);
        if (access(folder, W_OK) == 0) return folder;
    }
    return temporary && *temporary ? temporary : P_tmpdir;
}

/* Verify */

static bool tell(struct restoring *r)
{
    struct app *app;
    struct ctx c;
    struct fault f = {0};
    struct app_options o = *r->options;
    if (app_open(&o, &f, &app) != ST_OK) return false;
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    bool told =
        audit_add_alone(&c, &(struct audit_note){
                                .event = "system.backup_verified",
                                .note = arena_fmt(a, "%s %.*s", r->path,
                                                  STR_ARG(moment_str(a, r->manifest.moment_ms)))}) == ST_OK;
    app_end(&c);
    arena_free(a);
    app_close(app);
    return told;
}

static enum status verify(struct restoring *r)
{
    const char *folder;
    struct str url;
    struct app_options o;
    TRY(read_file(r));
    TRY(workplace_make(r->arena, base_folder(r), r->fault, &folder));
    TRY(db_aside(r->options->db_url, folder, r->arena, r->fault, &url));
    return fill(r, url, folder, &o);
}

enum status app_backup_verify(struct arena *a, const struct app_options *o, const char *path,
                              const struct restore_watch *w, struct fault *f, struct manifest *ret,
                              bool *ret_told)
{
    struct restoring r = {
        .arena = arena_new(), .results = a, .options = o, .watch = w, .fault = f, .path = path};
    enum status s = verify(&r);
    if (s == ST_OK) {
        *ret_told = tell(&r);
        *ret = r.manifest;
    }
    arena_free(r.arena);
    return s;
}

/* Restore */

static enum status make_folder(struct restoring *r)
{
    struct str url = r->options->db_url;
    if (!str_starts(url, STR("sqlite:"))) return ST_OK;
    const char *path = arena_cstr(r->arena, str_sub(url, sizeof "sqlite:" - 1, url.n));
    const char *folder = folder_of_path(r->arena, path);
    if (mkdir(folder, 0700) == 0 || errno == EEXIST) return ST_OK;
    return fail(r->fault, ST_UNAVAILABLE, "can't make the folder %s: %s", folder, strerror(errno));
}

/* The row of the trail that says where this database comes from, and the head that it leaves. */
static enum status take_down(struct restoring *r, const struct app_options *o, const struct mark_seen *kept,
                             struct head *ret)
{
    struct app *app;
    struct ctx c;
    TRY(app_open(o, r->fault, &app));
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    struct str before = kept->how == ST_OK ? head_text(a, &kept->head) : STR("none");
    struct str note = arena_fmt(a, "%s of %.*s: head %.*s; kept beside the keys: %.*s", r->path,
                                STR_ARG(moment_str(a, r->manifest.moment_ms)),
                                STR_ARG(head_text(a, &r->manifest.head)), STR_ARG(before));
    enum status s = audit_add_alone(&c, &(struct audit_note){.event = "system.restore", .note = note});
    if (s == ST_OK) s = app_audit_head(&c, ret);
    if (s) *r->fault = c.fault;
    app_end(&c);
    arena_free(a);
    app_close(app);
    return s;
}

static enum status finish(struct restoring *r, struct str url, const struct app_options *staged)
{
    struct mark_seen kept;
    struct head newest;
    struct mark *mark = mark_new(r->arena, r->keys_path);
    mark_look(mark, r->arena, &kept);
    enum status s = take_down(r, staged, &kept, &newest);
    if (s == ST_OK) s = db_unstage(r->options->db_url, url, r->arena, r->fault);
    if (s == ST_OK) s = mark_put(mark, &newest, r->fault);
    mark_close(mark);
    return s;
}

static enum status restore(struct restoring *r)
{
    const char *folder;
    struct app_options staged;
    TRY(db_is_free(r->options->db_url, r->arena, r->fault));
    TRY(read_file(r));
    TRY(make_folder(r));
    TRY(workplace_make(r->arena, base_folder(r), r->fault, &folder));
    struct str url = db_stage(r->options->db_url, folder, r->arena);
    TRY(fill(r, url, folder, &staged));
    return finish(r, url, &staged);
}

enum status app_restore(struct arena *a, const struct app_options *o, const char *path,
                        const struct restore_watch *w, struct fault *f, struct manifest *ret)
{
    struct restoring r = {
        .arena = arena_new(), .results = a, .options = o, .watch = w, .fault = f, .path = path};
    enum status s = restore(&r);
    if (s == ST_OK) *ret = r.manifest;
    arena_free(r.arena);
    return s;
}
