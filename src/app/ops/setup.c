#include "app/ops/setup.h"
#include "app/core/open.h"

#include "app/companies/direct.h"
#include "app/core/features.h"
#include "app/core/ledger.h"
#include "app/ops/refold.h"
#include "db/db.h"
#include "gen/queries.h"

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
    TRY(q_meta_set(c->db, REFOLDED, STR("1"), NULL));
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

static enum status upgrade_feature(struct app *app, const struct feature *feature, struct fault *f)
{
    enum status s = ST_OK;
    for (bool more = true; s == ST_OK && more;) {
        struct arena *a = arena_new();
        struct ctx c;
        ctx_init(&c, app, a);
        s = feature->upgrade(&c, &more);
        app_end(&c);
        if (s) *f = c.fault;
        arena_free(a);
    }
    return s;
}

static enum status upgrade_done(struct app *app, struct fault *f)
{
    struct arena *a = arena_new();
    struct ctx c;
    ctx_init(&c, app, a);
    enum status s = app_begin(&c);
    if (s == ST_OK) s = q_meta_set(c.db, app_data_form(a), STR("done"), NULL);
    if (s == ST_OK) s = app_commit(&c);
    if (s) *f = c.fault;
    arena_free(a);
    return s;
}

static enum status upgrade(struct app *app, struct fault *f)
{
    bool current;
    TRY(app_data_current(app, f, &current));
    if (current) return ST_OK;
    for (size_t i = 0; i < app_features_n; i++)
        if (app_features[i]->upgrade) TRY(upgrade_feature(app, app_features[i], f));
    return upgrade_done(app, f);
}

enum status app_migrate(struct app *app, const struct app_options *o, struct fault *f, int *ret_applied)
{
    struct str path = STR_NONE;
    bool keyed;
    TRY(db_migrate(app->db, f, ret_applied));
    TRY(app_keys_path(o, app->arena, f, &path));
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
        TRY(app_open_mark(app, path, f));
    } else if (!app->keys) {
        TRY(app_load_keys(app, o, f));
    }
    TRY(app_load_settings(app, f));
    TRY(app_refold(app, f));
    return upgrade(app, f);
}
