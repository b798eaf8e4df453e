#include "app/core/upgrade.h"

#include "gen/queries.h"

enum status upgrade_step(struct ctx *c, const char *name, upgrade_rows_fn *rows, bool *ret_more)
{
    struct upgrade_step_at_row at = {0};
    bool more = false;
    TRY(app_begin(c));
    enum status s = q_upgrade_step_at(c->db, c->arena, str_from(name), &at);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    if (!at.done) {
        TRY(rows(c, &at.behind, &more));
        TRY(q_upgrade_step_set(c->db, str_from(name), at.behind, !more, NULL));
    }
    TRY(app_commit(c));
    *ret_more = more;
    return ST_OK;
}
