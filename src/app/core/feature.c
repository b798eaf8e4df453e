#include "app/core/feature.h"
#include "app/core/counts.h"
#include "gen/queries.h"

static enum status sweep(struct ctx *c)
{
    return q_once_delete_old(c->db, c->now_ms - DAY_MS, NULL);
}

const struct feature core_feature = {.name = "core", .open = counts_open, .sweep = sweep};
