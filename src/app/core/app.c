#include "app/core/app.h"

#include "app/companies/companies.h"
#include "app/core/cache.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "db/db.h"
#include "gen/queries.h"

#include <stdlib.h>

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

/* keys beside an SQLite database, unless said otherwise. */
static enum status keys_path(const struct app_options *o, struct arena *a, struct fault *f, struct str *ret)
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

static enum status load_keys(struct app *app, const struct app_options *o, struct fault *f)
{
    struct str path = STR_NONE;
    TRY(keys_path(o, app->arena, f, &path));
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
    return s;
}

static enum status load_settings(struct app *app, struct fault *f)
{
    struct ctx c;
    struct settings *settings = ARENA_NEW(app->arena, struct settings);
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    enum status s = app_read(&c);
    if (s == ST_OK) s = settings_load(&c, app->arena, settings);
    if (s) *f = c.fault;
    arena_free(a);
    app->settings = settings;
    return s;
}

static enum status fix_today(struct app *app, const struct app_options *o, struct fault *f)
{
    if (!o->today.n) return ST_OK;
    if (!app->demo && !o->create)
        return fail(f, ST_BAD_INPUT, "HUIYUAN_TODAY works only on a database made by demo");
    if (!day_parse(o->today, &app->fixed_today))
        return fail(f, ST_BAD_INPUT, "HUIYUAN_TODAY is not YYYY-MM-DD");
    return ST_OK;
}

enum status app_open(const struct app_options *o, struct fault *f, struct app **ret)
{
    struct arena *arena = arena_new();
    struct app *app = ARENA_NEW(arena, struct app);
    app->arena = arena;
    app->cache = cache_new();
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
    if (s == ST_OK && !o->any_schema) s = load_keys(app, o, f);
    if (s == ST_OK && !o->any_schema) s = load_settings(app, f);
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
    db_close(app->db);
    keys_free(app->keys);
    cache_free(app->cache);
    arena_free(app->arena);
}

/* A key file without a database is kept: it may be all that is left of a backup. */
static enum status keys_make_or_read(const char *path, struct fault *f, struct keys **ret)
{
    enum status s = keys_make(path, f, ret);
    return s == ST_CONFLICT ? keys_read(path, f, ret) : s;
}

static enum status first_rows(struct ctx *c)
{
    TRY(app_begin(c));
    TRY(q_meta_set(c->db, STR("key_check"), keys_check_value(c->app->keys, c->arena), NULL));
    TRY(audit_start(c));
    TRY(company_direct_make(c));
    TRY(audit_add(c, &(struct audit_note){.event = "system.migrate"}));
    return app_commit(c);
}

static enum status has_key(struct app *app, struct fault *f, bool *ret)
{
    struct ctx c;
    struct meta_get_row row = {0};
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    enum status s = app_read(&c);
    if (s == ST_OK) s = q_meta_get(c.db, a, STR("key_check"), &row);
    *ret = s == ST_OK;
    if (s == ST_NOT_FOUND) s = ST_OK;
    if (s) *f = c.fault;
    arena_free(a);
    return s;
}

enum status app_migrate(struct app *app, const struct app_options *o, struct fault *f, int *ret_applied)
{
    struct str path = STR_NONE;
    bool keyed;
    TRY(db_migrate(app->db, f, ret_applied));
    TRY(keys_path(o, app->arena, f, &path));
    TRY(has_key(app, f, &keyed));
    if (!keyed) {
        TRY(keys_make_or_read(arena_cstr(app->arena, path), f, &app->keys));
        struct ctx c;
        struct arena *a = arena_new();
        ctx_init(&c, app, a);
        enum status s = first_rows(&c);
        if (s) *f = c.fault;
        arena_free(a);
        TRY(s);
    } else if (!app->keys) {
        TRY(load_keys(app, o, f));
    }
    return load_settings(app, f);
}

void ctx_init(struct ctx *c, struct app *app, struct arena *a)
{
    *c = (struct ctx){.arena = a, .app = app, .now_ms = clock_now_ms(), .problems = {.arena = a}};
    c->today = day_at(c->now_ms);
    if (!app || !day_is(app->fixed_today)) return;
    c->now_ms += instant_of(app->fixed_today) - instant_of(c->today);
    c->today = app->fixed_today;
}

enum status app_read(struct ctx *c)
{
    return c->db ? ST_OK : db_read(c->app->db, c->arena, &c->fault, &c->db);
}

/* What was known of the data goes with the snapshot, or transaction, that showed it. */
static void forget_db(struct ctx *c)
{
    c->db = NULL;
    c->pending = NULL;
    c->version = 0;
}

void app_read_end(struct ctx *c)
{
    if (!c->db || db_conn_writes(c->db)) return;
    db_read_end(c->db);
    forget_db(c);
}

enum status app_begin(struct ctx *c)
{
    app_read_end(c);
    TRY(tx_begin(c->app->db, c->arena, &c->fault, &c->db));
    pending_start(c);
    return ST_OK;
}

enum status app_commit(struct ctx *c)
{
    struct db_conn *tx = c->db;
    forget_db(c);
    TRY(tx_commit(tx));
    c->commits++;
    return ST_OK;
}

void app_rollback(struct ctx *c)
{
    if (c->db && db_conn_writes(c->db)) tx_rollback(c->db);
    forget_db(c);
}

enum status app_alive(struct ctx *c)
{
    struct alive_row row;
    TRY(app_read(c));
    return q_alive(c->db, c->arena, &row);
}

enum status data_version(struct ctx *c, int64_t *ret)
{
    struct audit_number_row row;
    if (!c->version) {
        TRY(q_audit_number(c->db, c->arena, &row));
        c->version = row.number;
    }
    *ret = c->version;
    return ST_OK;
}

void app_end(struct ctx *c)
{
    app_read_end(c);
    app_rollback(c);
}

enum status need_side(struct ctx *c, enum side side)
{
    return c->actor.account.v && c->actor.side == side
               ? ST_OK
               : fail(&c->fault, ST_FORBIDDEN, "您没有权限进行这项操作");
}

enum status need_role(struct ctx *c, unsigned any_of)
{
    TRY(need_side(c, SIDE_STAFF));
    return c->actor.roles & any_of ? ST_OK : fail(&c->fault, ST_FORBIDDEN, "您的角色没有这项权限");
}

enum status problems_status(struct ctx *c)
{
    return c->problems.n ? ST_BAD_INPUT : ST_OK;
}
