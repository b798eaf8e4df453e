#include "app/core/measures.h"

#include "db/db.h"
#include "gen/queries.h"

#define SEEN_MS (30 * MINUTE_MS)

enum status app_measures(struct ctx *c, struct measures *ret)
{
    struct measures m = {.waiting = db_waiting(c->app->db)};
    struct sessions_count_row sessions;
    struct event_newest_row backup = {0};
    TRY(app_read(c));
    TRY(q_sessions_count(c->db, c->arena, c->now_ms - SEEN_MS, &sessions));
    TRY(q_jobs_by_state(c->db, c->arena, &m.jobs));
    enum status s = q_event_newest(c->db, c->arena, STR("system.backup"), STR("ok"), &backup);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    m.sessions = sessions.n;
    m.backup_at = backup.at;
    *ret = m;
    return ST_OK;
}
