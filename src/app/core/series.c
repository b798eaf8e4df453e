#include "app/core/series.h"

#include "app/core/settings.h"
#include "gen/queries.h"

static enum status next(struct ctx *c, struct str name, int64_t by, int64_t *ret_last)
{
    struct series_next_row row;
    TRY(q_series_next(c->db, c->arena, name, by, &row));
    *ret_last = row.last;
    return ST_OK;
}

enum status series_member(struct ctx *c, int year, int64_t by, int64_t *ret_last)
{
    return next(c, arena_fmt(c->arena, "member:%d", year), by, ret_last);
}

enum status series_batch(struct ctx *c, struct company_id company, enum batch_kind kind, int year,
                         int64_t *ret_last)
{
    return next(c, arena_fmt(c->arena, "batch:%s:%d:%ld", batch_kind_code(kind), year, (long)company.v), 1,
                ret_last);
}

enum status series_company(struct ctx *c, int64_t *ret_last)
{
    return next(c, STR("company"), 1, ret_last);
}

struct str series_member_text(struct ctx *c, int year, int64_t number)
{
    return arena_fmt(c->arena, "%.*s%d%06ld", STR_ARG(c->settings->number_prefix), year, (long)number);
}

struct str series_company_text(struct ctx *c, int64_t number)
{
    return arena_fmt(c->arena, "%04ld", (long)number - 1);
}
