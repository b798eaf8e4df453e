#include "app/ops/refold.h"

#include "app/companies/companies.h"
#include "app/core/ledger.h"
#include "app/members/effects.h"
#include "db/db.h"
#include "domain/fold.h"
#include "gen/queries.h"

enum { CHUNK = 300 };

/* One chunk behind *at, which moves; *ret_more: there may be others. */
typedef enum status chunk_fn(struct ctx *c, int64_t *at, bool *ret_more);

static enum status refold_company(struct ctx *c, const struct refold_companies_row *row)
{
    struct str folded = name_fold(c->arena, row->name);
    int64_t rows = 1;
    TRY(company_index_name(c, row->company_id, row->name));
    if (row->present && !str_eq(folded, row->folded))
        TRY(q_refold_company(c->db, row->company_id, folded, &rows));
    return q_refold_company_name(c->db, row->id, rows ? folded : row->folded,
                                 search_fold(c->arena, row->name), NULL);
}

static enum status companies(struct ctx *c, int64_t *at, bool *ret_more)
{
    struct refold_companies_rows rows;
    TRY(q_refold_companies(c->db, c->arena, *at, CHUNK, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(refold_company(c, &rows.p[i]));
    *ret_more = rows.n == CHUNK;
    if (rows.n) *at = rows.p[rows.n - 1].id;
    return ST_OK;
}

/* A name that is its own fold was indexed as it is, in every version. */
static enum status members(struct ctx *c, int64_t *at, bool *ret_more)
{
    struct refold_members_rows rows;
    TRY(q_refold_members(c->db, c->arena, (struct member_id){*at}, CHUNK, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct refold_members_row *row = &rows.p[i];
        if (!str_eq(search_fold(c->arena, row->name), row->name))
            TRY(member_index_name(c, row->id, row->company_id, row->name));
    }
    *ret_more = rows.n == CHUNK;
    if (rows.n) *at = rows.p[rows.n - 1].id.v;
    return ST_OK;
}

static enum status in_transaction(struct ctx *c, chunk_fn *chunk, int64_t *at, bool *ret_more)
{
    TRY(app_begin(c));
    TRY(chunk(c, at, ret_more));
    return app_commit(c);
}

static enum status each_chunk(struct app *app, chunk_fn *chunk, struct fault *f)
{
    int64_t at = 0;
    enum status s = ST_OK;
    for (bool more = true; more && s == ST_OK;) {
        struct ctx c;
        struct arena *a = arena_new();
        ctx_init(&c, app, a);
        s = in_transaction(&c, chunk, &at, &more);
        if (s) *f = c.fault;
        arena_free(a);
    }
    return s;
}

static enum status was_done(struct app *app, struct fault *f, bool *ret)
{
    struct ctx c;
    struct meta_get_row row;
    struct arena *a = arena_new();
    ctx_init(&c, app, a);
    enum status s = app_read(&c);
    if (s == ST_OK) s = q_meta_get(c.db, a, REFOLDED, &row);
    *ret = s == ST_OK;
    if (s == ST_NOT_FOUND) s = ST_OK;
    if (s) *f = c.fault;
    arena_free(a);
    return s;
}

/* The note in the trail tells every process that what it kept is old. */
static enum status mark_done(struct ctx *c, int64_t *at, bool *ret_more)
{
    (void)at;
    *ret_more = false;
    TRY(q_meta_set(c->db, REFOLDED, STR("1"), NULL));
    return audit_add(c, &(struct audit_note){.event = "system.migrate"});
}

enum status app_refold(struct app *app, struct fault *f)
{
    bool done;
    TRY(was_done(app, f, &done));
    if (done) return ST_OK;
    TRY(each_chunk(app, companies, f));
    TRY(each_chunk(app, members, f));
    return each_chunk(app, mark_done, f);
}
