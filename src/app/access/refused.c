#include "app/access/refused.h"

#include "app/access/limits.h"
#include "app/core/ledger.h"
#include "base/limits.h"

#include <stdatomic.h>

/* The result in the row; NULL: it is not noted. */
static const char *result_of(const struct ctx *c, enum status why)
{
    const struct sought *a = &c->sought;
    bool sought = a->member.v || a->company.v || a->batch.v;
    if (why == ST_TOO_MANY) return "too_many";
    if (!c->actor.account.v) return NULL;
    if (why == ST_FORBIDDEN) return "forbidden";
    return why == ST_NOT_FOUND && sought ? "not_found" : NULL;
}

void refusal_over(struct app *app)
{
    atomic_fetch_add(&app->refusals_over, 1);
}

static enum status tell(struct ctx *c, int64_t n)
{
    TRY(app_begin(c));
    TRY(audit_add(c, &(struct audit_note){.event = "access.refused",
                                          .result = "over",
                                          .note = arena_fmt(c->arena, "另有 %ld 次没有逐条记录", (long)n)}));
    return app_commit(c);
}

enum status refusals_tell(struct ctx *c)
{
    int64_t n = atomic_exchange(&c->app->refusals_over, 0);
    enum status s = n ? tell(c, n) : ST_OK;
    if (s) atomic_fetch_add(&c->app->refusals_over, n);
    return s;
}

bool refusal_has_row(const struct ctx *c, enum status why)
{
    return result_of(c, why) != NULL;
}

static enum status note(struct ctx *c, const struct limit *rows, const char *result, struct str what)
{
    const struct sought *a = &c->sought;
    int64_t n;
    TRY(limit_take(c, rows, NULL));
    TRY(limit_count(c, rows, &n));
    if (n >= rows->most)
        what = arena_fmt(c->arena, "%.*s；一小时内这个网络的拒绝已满 %d 次，之后的只记次数", STR_ARG(what),
                         LIMIT_REFUSAL_ROWS);
    return audit_add(c, &(struct audit_note){.event = "access.refused",
                                             .result = result,
                                             .about = {.member = a->member},
                                             .company = a->company.v ? a->company : c->actor.company,
                                             .batch = a->batch,
                                             .note = a->member.v ? STR_NONE : what});
}

enum status app_audit_refused(struct ctx *c, enum status why, struct str what)
{
    const char *result = result_of(c, why);
    int64_t free_at;
    if (!result) return ST_OK;
    TRY(app_read(c));
    const struct limit rows = {"refusal", limit_network(c, c->address), LIMIT_REFUSAL_ROWS, HOUR_MS};
    TRY(limit_free_at(c, &rows, &free_at)); /* looked at before anything is written */
    app_read_end(c);
    if (free_at) {
        refusal_over(c->app);
        return ST_OK;
    }
    TRY(app_begin(c));
    enum status s = note(c, &rows, result, what);
    if (s == ST_OK) return app_commit(c);
    app_rollback(c);
    if (s == ST_TOO_MANY) refusal_over(c->app); /* another one was the last */
    return s == ST_TOO_MANY ? ST_OK : s;
}
