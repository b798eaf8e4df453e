#include "app/ops/system.h"

#include "app/ops/nightly.h"
#include "app/ops/room.h"
#include "db/db.h"
#include "gen/queries.h"

#define SHOWN_JOBS 20

static enum status last(struct ctx *c, const char *event, int64_t *ret_at)
{
    struct event_newest_row row = {0};
    enum status s = q_event_newest(c->db, c->arena, str_from(event), STR("ok"), &row);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret_at = row.at;
    return ST_OK;
}

enum status system_facts(struct ctx *c, struct system_facts *ret)
{
    struct system_facts facts = {0};
    TRY(last(c, "system.backup", &facts.backup_at));
    TRY(last(c, "system.backup_verified", &facts.verified_at));
    TRY(last(c, "system.keys_checked", &facts.keys_checked_at));
    *ret = facts;
    return ST_OK;
}

enum status app_system(struct ctx *c, struct system_now *ret)
{
    struct database_bytes_row size;
    struct system_now now = {0};
    TRY(need_role(c, ROLE_SYSTEM));
    TRY(app_read(c));
    TRY(system_facts(c, &now.facts));
    TRY(q_database_bytes(c->db, c->arena, &size));
    TRY(q_system_jobs(c->db, c->arena, SHOWN_JOBS, &now.jobs));
    TRY(head_newest(c, &now.head));
    TRY(nightly_wrong(c, &now.nightly_wrong));
    int64_t due_at = nightly_due(c);
    now.nightly_at = due_at ? due_at + DAY_MS : 0;
    now.engine = db_engine(c->app->db) == DB_SQLITE ? STR("SQLite") : STR("PostgreSQL");
    now.uptime_ms = clock_monotonic_ms() - c->app->started_ms;
    now.database_bytes = size.bytes;
    *ret = now;
    return ST_OK;
}

static struct todo_found found_if(bool wrong)
{
    return (struct todo_found){.count = wrong, .list = STR("/staff/system")};
}

/* The newest of the nightly ones failed, or none was made when it was due. */
enum status todo_backup(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct str wrong = STR_NONE;
    struct system_facts facts;
    TRY(nightly_wrong(c, &wrong));
    TRY(system_facts(c, &facts));
    struct todo_found found = found_if(wrong.n > 0);
    if (facts.backup_at) found.since = day_at(facts.backup_at);
    *ret = found;
    return ST_OK;
}

enum status todo_key_copy(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct system_facts facts;
    TRY(system_facts(c, &facts));
    *ret = found_if(!facts.keys_checked_at);
    return ST_OK;
}

enum status todo_disk(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct disk_room room;
    TRY(disk_room(c, &room));
    *ret = found_if(room.low);
    return ST_OK;
}
