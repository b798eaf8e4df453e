#include "app/core/feature.h"
#include "app/members/list.h"
#include "app/members/register.h"
#include "gen/queries.h"

static enum status sweep(struct ctx *c)
{
    TRY(q_outcomes_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    TRY(q_kept_photos_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    return q_drafts_delete_old(c->db, c->now_ms - DRAFT_HOURS * HOUR_MS, NULL);
}

const struct feature members_feature = {.name = "members", .open = member_list_open, .sweep = sweep};
