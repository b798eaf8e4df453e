#include "app/members/proposal.h"

#include "domain/fold.h"
#include "gen/queries.h"

enum status proposal_put(struct ctx *c, struct member_id member, struct str name)
{
    TRY(q_company_proposal_replace(c->db, member, c->now_ms, NULL));
    if (!name.n) return ST_OK;
    return q_company_proposal_insert(c->db, member, name, name_fold(c->arena, name), c->now_ms, NULL);
}

enum status proposal_of(struct ctx *c, struct member_id member, struct str *ret)
{
    struct company_proposal_of_unscoped_row row = {.name = STR("")};
    enum status s = q_company_proposal_of_unscoped(c->db, c->arena, member, &row);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret = row.name;
    return ST_OK;
}

struct str proposal_label(struct arena *a, struct str name)
{
    return arena_fmt(a, "%.*s（不在列表中）", STR_ARG(name));
}
