#include "app/core/feature.h"
#include "app/access/adrift.h"
#include "app/access/sessions.h"
#include "app/core/settings.h"
#include "gen/queries.h"

static void open_access(struct app *app)
{
    sessions_open(app);
    adrift_open(app);
}

static enum status sweep(struct ctx *c)
{
    TRY(q_sessions_delete_old(c->db, c->now_ms - DAY_MS - HOUR_MS, NULL));
    TRY(q_attempts_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    TRY(q_attempt_turns_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    TRY(q_known_networks_delete_old(c->db, c->now_ms - c->app->settings->login_known_days * DAY_MS, NULL));
    TRY(q_kept_forms_delete_old(c->db, c->now_ms - HOUR_MS, NULL));
    return q_spent_delete_old(c->db, c->now_ms, NULL);
}

const struct feature access_feature = {.name = "access", .open = open_access, .sweep = sweep};
