#include "app/core/app.h"

#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "db/db.h"
#include "gen/queries.h"

void ctx_init(struct ctx *c, struct app *app, struct arena *a)
{
    *c = (struct ctx){.arena = a, .app = app, .now_ms = clock_now_ms(), .problems = {.arena = a}};
    c->today = day_at(c->now_ms);
    if (!app) return;
    settings_hold(c);
    if (!day_is(app->fixed_today)) return;
    c->now_ms += instant_of(app->fixed_today) - instant_of(c->today);
    c->today = app->fixed_today;
}

enum status app_read(struct ctx *c)
{
    if (c->db) return ST_OK;
    TRY(db_read(c->app->db, c->arena, &c->fault, &c->db));
    return settings_follow(c);
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
    if (c->app->before_write) TRY(c->app->before_write(c));
    TRY(tx_begin(c->app->db, c->arena, &c->fault, &c->db));
    pending_start(c);
    return settings_follow(c);
}

enum status app_commit(struct ctx *c)
{
    struct db_conn *tx = c->db;
    struct pending *done = c->pending;
    forget_db(c);
    TRY(tx_commit(tx));
    c->commits++;
    pending_done(c->app, done);
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

enum status need_more_than_view(struct ctx *c)
{
    return c->actor.view_only
               ? fail(&c->fault, ST_FORBIDDEN, "您的账号只能查看，请由主管理员或其他经办人办理")
               : ST_OK;
}

enum status need_clerk(struct ctx *c)
{
    TRY(need_side(c, SIDE_COMPANY));
    return need_more_than_view(c);
}

enum status problems_status(struct ctx *c)
{
    return c->problems.n ? ST_BAD_INPUT : ST_OK;
}
