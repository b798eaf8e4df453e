#include "app/ops/nightly.h"

#include "app/core/settings.h"
#include "app/core/trail.h"
#include "app/ops/archive.h"
#include "app/ops/backup.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/random.h"
#include "gen/queries.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LEASE_MS     (2 * MINUTE_MS)
#define TRY_AGAIN_MS HOUR_MS
#define LATE_MS      (2 * HOUR_MS) /* and doctor asks why nobody made it */
#define REMOVE_MOST  100           /* at once; the next night goes on */
#define FORGET_DAYS  400

static struct str node_name(struct ctx *c)
{
    char name[256] = {0};
    return gethostname(name, sizeof name - 1) == 0 ? arena_str(c->arena, str_from(name)) : STR("?");
}

int64_t nightly_due(const struct ctx *c)
{
    if (!c->settings || c->settings->backup_at == CLOCK_NONE) return 0;
    int64_t today = instant_of(c->today) + c->settings->backup_at * MINUTE_MS;
    return today <= c->now_ms ? today : today - DAY_MS;
}

static bool is_open(const struct nightly_line *n, int64_t now_ms)
{
    return (str_eq(n->state, STR("running")) || str_eq(n->state, STR("failed"))) && n->lease_until <= now_ms;
}

enum status nightly_claim(struct ctx *c, struct nightly_turn *ret)
{
    struct nightly_line there;
    struct nightly_claim_row mine;
    struct nightly_turn turn;
    TRY(app_read(c));
    turn.due_at = nightly_due(c);
    enum status s = turn.due_at ? q_nightly_of(c->db, c->arena, turn.due_at, &there) : ST_OK;
    app_read_end(c);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    if (!turn.due_at || (s == ST_OK && !is_open(&there, c->now_ms))) return ST_NOT_FOUND;
    random_bytes(turn.token, sizeof turn.token);
    TRY(app_begin(c));
    s = q_nightly_claim(c->db, c->arena, turn.due_at, node_name(c),
                        (struct bytes){turn.token, sizeof turn.token}, c->now_ms + LEASE_MS, c->now_ms,
                        &mine);
    if (s == ST_NOT_FOUND) app_rollback(c);
    TRY(s);
    TRY(app_commit(c));
    turn.id = mine.id;
    *ret = turn;
    return ST_OK;
}

enum status nightly_renew(struct ctx *c, const struct nightly_turn *turn)
{
    TRY(app_begin(c));
    TRY(q_nightly_renew(c->db, turn->id, (struct bytes){turn->token, sizeof turn->token},
                        c->now_ms + LEASE_MS, NULL));
    return app_commit(c);
}

/* How it ended. */
struct ending {
    const char *state;
    struct str path, fault;
    int64_t moment_ms, until_ms;
};

static enum status take_down(struct ctx *c, const struct nightly_turn *turn, const struct ending *e)
{
    int64_t rows;
    TRY(app_begin(c));
    TRY(q_nightly_end(c->db,
                      &(struct nightly_end_in){.id = turn->id,
                                               .token = {turn->token, sizeof turn->token},
                                               .state = str_from(e->state),
                                               .path = str_or_empty(e->path),
                                               .moment = e->moment_ms,
                                               .fault = str_or_empty(e->fault),
                                               .until = e->until_ms},
                      &rows));
    if (rows && strcmp(e->state, "failed") == 0)
        TRY(audit_add(c, &(struct audit_note){
                             .event = "system.backup", .result = "failed", .note = str_or_empty(e->fault)}));
    return app_commit(c);
}

/* Nobody reads there but who runs the server. */
static enum status folder_ready(struct ctx *c, const char **ret)
{
    if (!c->app->backups.n)
        return fail(&c->fault, ST_UNAVAILABLE,
                    "no folder for nightly backups is named: serve with --backups FOLDER");
    const char *folder = arena_cstr(c->arena, c->app->backups);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return fail(&c->fault, ST_UNAVAILABLE, "can't make the folder %s: %s", folder, strerror(errno));
    *ret = folder;
    return ST_OK;
}

/* huiyuan-2026-11-28-030001.tar: the wall clock when it began. */
static const char *path_in(struct ctx *c, const char *folder)
{
    struct str at = instant_str(c->arena, c->now_ms);
    return arena_fmt(c->arena, "%s/huiyuan-%.10s-%.2s%.2s%.2s.tar", folder, at.p, at.p + 11, at.p + 14,
                     at.p + 17)
        .p;
}

static enum status make(struct ctx *c, const atomic_bool *stop, struct manifest *ret, const char **ret_path)
{
    const char *folder;
    TRY(folder_ready(c, &folder));
    *ret_path = path_in(c, folder);
    return backup_make(c, c->app->version, *ret_path, stop, ret);
}

/* One of ours: sealed with these keys, and of that moment. */
static bool is_ours(struct ctx *c, const char *path, int64_t moment_ms)
{
    struct fault f = {0};
    struct archive *ar;
    struct manifest m;
    return archive_open(c->arena, path, &f, &ar) == ST_OK &&
           manifest_read(c->arena, c->app->keys, ar->manifest, &f, &m) == ST_OK && m.moment_ms == moment_ms;
}

static void remove_file(struct ctx *c, const struct nightly_line *n)
{
    const char *path = arena_cstr(c->arena, n->path);
    struct stat st;
    if (lstat(path, &st) != 0) return;
    if (!S_ISREG(st.st_mode) || !is_ours(c, path, n->moment))
        log_line(LOG_WARN, "%s is not the nightly backup that was made there: it stays", path);
    else if (unlink(path) != 0)
        log_line(LOG_WARN, "%s can't be removed: %s", path, strerror(errno));
}

/* The file first: cut off, the row is there for the next night. */
static enum status remove_old(struct ctx *c)
{
    struct nightly_lines old;
    TRY(app_read(c));
    TRY(q_nightly_old(c->db, c->arena, c->settings->backup_keep, node_name(c), REMOVE_MOST, &old));
    app_read_end(c);
    for (size_t i = 0; i < old.n; i++)
        remove_file(c, &old.p[i]);
    TRY(app_begin(c));
    for (size_t i = 0; i < old.n; i++)
        TRY(q_nightly_removed(c->db, old.p[i].id, NULL));
    TRY(q_nightly_forget(c->db, c->now_ms - FORGET_DAYS * DAY_MS, NULL));
    return app_commit(c);
}

static struct str said(struct ctx *c)
{
    const struct fault *f = &c->fault;
    return arena_fmt(c->arena, "%s%s%s", f->text, f->text[0] && f->detail[0] ? ": " : "", f->detail);
}

enum status nightly_make(struct ctx *c, const struct nightly_turn *turn, const atomic_bool *stop)
{
    struct manifest m = {0};
    const char *path = "";
    struct ending e = {.state = "done"};
    enum status s = make(c, stop, &m, &path);
    bool stopped = s && stop && atomic_load(stop);
    app_end(c);
    if (s == ST_OK) {
        e.path = str_from(path);
        e.moment_ms = m.moment_ms;
        s = take_down(c, turn, &e);
        if (s) unlink(path); /* nobody would know that it is one of these */
        TRY(s);
        log_line(LOG_INFO, "nightly backup: %s", path);
        return remove_old(c);
    }
    if (m.moment_ms) unlink(path); /* it was whole, but the trail could not take it down */
    e.state = stopped ? "running" : "failed";
    if (!stopped) e.fault = said(c);
    e.until_ms = stopped ? 0 : c->now_ms + TRY_AGAIN_MS;
    if (!stopped) log_line(LOG_ERROR, "nightly backup: %.*s", STR_ARG(e.fault));
    c->fault = (struct fault){0};
    TRY(take_down(c, turn, &e));
    return s;
}

enum status nightly_wrong(struct ctx *c, struct str *ret)
{
    struct nightly_line newest = {0};
    TRY(app_read(c));
    int64_t due_at = nightly_due(c);
    if (!due_at) return ST_OK;
    enum status s = q_nightly_newest(c->db, c->arena, &newest);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    if (s == ST_OK && newest.fault.n)
        *ret = arena_fmt(c->arena, "the one of %.*s failed: %.*s",
                         STR_ARG(instant_str(c->arena, newest.due_at)), STR_ARG(newest.fault));
    else if (newest.due_at < due_at && c->now_ms - due_at > LATE_MS)
        *ret = arena_fmt(c->arena, "warning: nobody made the one of %.*s: does huiyuan serve run?",
                         STR_ARG(instant_str(c->arena, due_at)));
    return ST_OK;
}
