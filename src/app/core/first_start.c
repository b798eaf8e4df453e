#include "app/core/first_start.h"

#include "gen/queries.h"

enum status first_start_open(struct ctx *c, bool *ret)
{
    struct meta_get_row row;
    TRY(app_read(c));
    enum status s = q_meta_get(c->db, c->arena, FIRST_START_DONE, &row);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret = s == ST_NOT_FOUND && !c->app->demo;
    return ST_OK;
}
