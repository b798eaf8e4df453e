#include "app/core/open.h"

#include "app/core/features.h"
#include "app/core/kept.h"
#include "app/core/ledger.h"
#include "app/core/mark.h"
#include "app/core/settings.h"
#include "db/db.h"
#include "domain/typed_day.h"
#include "gen/queries.h"

static enum status check_schema(struct app *app, struct fault *f)
{
    enum db_schema state;
    TRY(db_schema_state(app->db, f, &state));
    switch (state) {
    case DB_SCHEMA_CURRENT:
        return ST_OK;
    case DB_SCHEMA_EMPTY:
        return fail(f, ST_UNAVAILABLE, "the database is empty: run huiyuan migrate (or huiyuan demo)");
    case DB_SCHEMA_OLDER:
        return fail(f, ST_UNAVAILABLE,
                    "the database is of an older version: back it up, then run huiyuan migrate");
    case DB_SCHEMA_NEWER:
        return fail(f, ST_UNAVAILABLE,
                    "the database is of a newer version than this program: install that version");
    case DB_SCHEMA_CHANGED:
        return fail(f, ST_UNAVAILABLE,
                    "a migration that was applied differs from this program's: wrong version");
    }
    return ST_BROKEN;
}

enum status app_keys_path(const struct app_options *o, struct arena *a, struct fault *f, struct str *ret)
{
    if (o->keys_path.n) {
        *ret = o->keys_path;
        return ST_OK;
    }
    if (!str_starts(o->db_url, STR("sqlite:")))
        return fail(f, ST_BAD_INPUT, "name the key file: --keys FILE or HUIYUAN_KEYS");
    struct str path = str_sub(o->db_url, 7, o->db_url.n);
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    *ret = arena_fmt(a, "%.*skeys", (int)n, path.p);
    return ST_OK;
}

/* It is read before the trail is: meanwhile another process may move both on. */
enum status app_open_mark(struct app *app, struct str keys_path, struct fault *f)
{
    struct ctx c;
    struct mark_seen seen;
    struct str wrong = STR_NONE;
    struct arena *a = arena_new();
    struct mark *mark = mark_new(app->arena, keys_path);
    ctx_init(&c, app, a);
    mark_look(mark, a, &seen);
    enum status s = app_read(&c);
    if (s == ST_OK) s = mark_judge(&c, mark, &seen, &wrong);
    if (s) *f = c.fault;
    if (wrong.n) mark_hold(mark);
    app->mark = mark;
    arena_free(a);
    return s;
}

enum status app_load_keys(struct app *app, const struct app_options *o, struct fault *f)
{
    struct str path = STR_NONE;
    TRY(app_keys_path(o, app->arena, f, &path));
    TRY(keys_read(arena_cstr(app->arena, path), f, &app->keys));
    struct ctx c;
    struct meta_get_row row = {0};
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    enum status s = app_read(&c);
    if (s == ST_OK) s = q_meta_get(c.db, a, STR("key_check"), &row);
    if (s == ST_NOT_FOUND) s = fail(f, ST_UNAVAILABLE, "the database has no key yet: run huiyuan migrate");
    if (s == ST_OK && !str_eq(row.value, keys_check_value(app->keys, a)))
        s = fail(f, ST_UNAVAILABLE, "the key file does not belong to this database: %.*s", STR_ARG(path));
    if (s == ST_OK) s = q_meta_get(c.db, a, STR("demo"), &row);
    app->demo = s == ST_OK;
    if (s == ST_NOT_FOUND) s = ST_OK;
    if (s && !f->text[0]) *f = c.fault;
    arena_free(a);
    return s == ST_OK ? app_open_mark(app, path, f) : s;
}

enum status app_load_settings(struct app *app, struct fault *f)
{
    struct ctx c;
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    enum status s = app_read(&c);
    if (s == ST_OK) s = settings_open(&c);
    if (s) *f = c.fault;
    arena_free(a);
    return s;
}

struct str app_data_form(struct arena *a)
{
    return arena_fmt(a, "upgraded %zu", (size_t)huiyuan_migrations_n);
}

enum status app_data_current(struct app *app, struct fault *f, bool *ret)
{
    struct ctx c;
    struct meta_get_row row;
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    enum status s = app_read(&c);
    if (s == ST_OK) s = q_meta_get(c.db, a, app_data_form(a), &row);
    bool current = s == ST_OK;
    if (s == ST_NOT_FOUND) s = ST_OK;
    if (s) *f = c.fault;
    arena_free(a);
    if (s == ST_OK) *ret = current;
    return s;
}

static enum status check_data(struct app *app, struct fault *f)
{
    bool current;
    TRY(app_data_current(app, f, &current));
    if (current) return ST_OK;
    return fail(f, ST_UNAVAILABLE, "the database is half way to this version: run huiyuan migrate again");
}

static enum status fix_today(struct app *app, const struct app_options *o, struct fault *f)
{
    if (!o->today.n) return ST_OK;
    if (!app->demo && !o->create)
        return fail(f, ST_BAD_INPUT, "HUIYUAN_TODAY works only on a database made by demo");
    if (!typed_day(o->today, &app->fixed_today))
        return fail(f, ST_BAD_INPUT, "HUIYUAN_TODAY is no day: write it as 2026-11-23");
    return ST_OK;
}

/* PostgreSQL has no folder of its own that could be meant. */
static struct str backups_folder(struct arena *a, const struct app_options *o)
{
    struct app_options beside = {.db_url = o->db_url};
    struct fault none = {0};
    struct str keys = STR_NONE;
    if (o->backups.n) return arena_str(a, o->backups);
    if (app_keys_path(&beside, a, &none, &keys) != ST_OK) return STR_NONE;
    return arena_fmt(a, "%.*sbackups", (int)(keys.n - (sizeof "keys" - 1)), keys.p);
}

enum status app_open(const struct app_options *o, struct fault *f, struct app **ret)
{
    struct arena *arena = arena_new();
    struct app *app = ARENA_NEW(arena, struct app);
    app->arena = arena;
    app->version = arena_str(arena, o->version);
    app->backups = backups_folder(arena, o);
    app->started_ms = clock_monotonic_ms();
    for (size_t i = 0; i < app_features_n; i++)
        if (app_features[i]->open) app_features[i]->open(app);
    enum status s = db_open(&(struct db_options){.url = o->db_url,
                                                 .queries = huiyuan_queries,
                                                 .n_queries = huiyuan_queries_n,
                                                 .migrations = huiyuan_migrations,
                                                 .n_migrations = huiyuan_migrations_n,
                                                 .connections = o->connections ? o->connections : 8,
                                                 .create = o->create,
                                                 .may = o->may,
                                                 .may_arg = o->may_arg},
                            f, &app->db);
    if (s == ST_OK) db_set_last(app->db, audit_write_last);
    if (s == ST_OK && !o->any_schema) s = check_schema(app, f);
    if (s == ST_OK && !o->any_schema) s = app_load_keys(app, o, f);
    if (s == ST_OK && !o->any_schema) s = app_load_settings(app, f);
    if (s == ST_OK && !o->any_schema) s = check_data(app, f);
    if (s == ST_OK) s = fix_today(app, o, f);
    if (s != ST_OK) {
        app_close(app);
        return s;
    }
    *ret = app;
    return ST_OK;
}

void app_close(struct app *app)
{
    if (!app) return;
    settings_close(app);
    mark_close(app->mark);
    db_close(app->db);
    keys_free(app->keys);
    kept_free(app->sessions);
    kept_free(app->member_counts);
    kept_free(app->masked);
    arena_free(app->arena);
}
