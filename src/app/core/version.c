#include "app/core/version.h"

#include "gen/queries.h"

enum status data_version(struct ctx *c, int64_t *ret)
{
    struct audit_number_row row;
    if (!c->version) {
        TRY(q_audit_number(c->db, c->arena, &row));
        c->version = row.number;
    }
    *ret = c->version;
    return ST_OK;
}
