#include "app/ops/repair.h"

#include "app/core/ledger.h"
#include "app/members/effects.h"
#include "gen/queries.h"

#define MOST INT32_MAX

static enum status copies(struct ctx *c, struct repaired *r)
{
    TRY(q_repair_period_ends(c->db, &r->period_ends));
    return q_repair_employers(c->db, &r->employers);
}

static enum status search_index(struct ctx *c, struct repaired *r)
{
    struct repair_names_rows names;
    TRY(q_repair_names(c->db, c->arena, &names));
    for (size_t i = 0; i < names.n; i++)
        TRY(member_index_name(c, names.p[i].id, names.p[i].company_id, names.p[i].name));
    r->searched = (int64_t)names.n;
    return ST_OK;
}

static enum status counters(struct ctx *c, struct repaired *r)
{
    struct counters_wrong_rows wrong;
    TRY(q_counters_wrong(c->db, c->arena, MOST, &wrong));
    r->counters = (int64_t)wrong.n;
    if (!wrong.n) return ST_OK;
    TRY(q_repair_counters_clear(c->db, NULL));
    return q_repair_counters_fill(c->db, NULL);
}

enum status app_repair(struct ctx *c, struct repaired *ret)
{
    struct repaired r = {0};
    TRY(app_begin(c));
    TRY(copies(c, &r));
    TRY(search_index(c, &r));
    TRY(counters(c, &r));
    *ret = r;
    if (!r.period_ends && !r.employers && !r.searched && !r.counters) {
        app_rollback(c);
        return ST_OK;
    }
    struct str note =
        arena_fmt(c->arena, "ends of periods %ld, employers %ld, search index %ld, counters %ld",
                  (long)r.period_ends, (long)r.employers, (long)r.searched, (long)r.counters);
    TRY(audit_add(c, &(struct audit_note){.event = "system.repair", .note = note}));
    return app_commit(c);
}
