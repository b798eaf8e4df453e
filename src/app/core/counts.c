#include "app/core/counts.h"

#include "app/core/kept.h"
#include "db/db.h"
#include "gen/queries.h"

/* Of a company (or all: 0), on a day. */
struct counts_key {
    int64_t company;
    int32_t day, zero;
};

void counts_open(struct app *app)
{
    app->member_counts = kept_new(1024, sizeof(struct counts_key), sizeof(struct member_counts));
}

enum status member_counts_read(struct ctx *c, struct company_id company, struct member_counts *ret)
{
    struct counts_key key = {company.v, day_number(c->today), 0};
    struct counts_rows rows;
    struct member_counts counts = {0};
    int64_t version;
    TRY(data_version(c, &version));
    if (kept_find(c->app->member_counts, &key, version, ret)) return ST_OK;
    TRY(q_counts(c->db, c->arena, company, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        enum member_stored stored;
        struct day end = DAY_NONE;
        if (!member_stored_parse(rows.p[i].state, &stored)) continue;
        day_parse(rows.p[i].period_end, &end);
        counts.of[member_state_of(stored, end, c->today)] += rows.p[i].n;
        counts.of[STATE_NONE] += rows.p[i].n;
    }
    if (!db_conn_writes(c->db)) kept_keep(c->app->member_counts, &key, version, &counts);
    *ret = counts;
    return ST_OK;
}
