#include "app/core/hold.h"

#include "db/db.h"

enum status hold_members(struct ctx *c, const struct member_id *ids, size_t n)
{
    int64_t *plain = ARENA_ARRAY(c->arena, n, int64_t);
    for (size_t i = 0; i < n; i++)
        plain[i] = ids[i].v;
    return tx_hold(c->db, "member", plain, n);
}

enum status hold_companies(struct ctx *c, const struct company_id *ids, size_t n)
{
    int64_t *plain = ARENA_ARRAY(c->arena, n, int64_t);
    for (size_t i = 0; i < n; i++)
        plain[i] = ids[i].v;
    return tx_hold(c->db, "company", plain, n);
}

enum status hold_accounts(struct ctx *c, const struct account_id *ids, size_t n)
{
    int64_t *plain = ARENA_ARRAY(c->arena, n, int64_t);
    for (size_t i = 0; i < n; i++)
        plain[i] = ids[i].v;
    return tx_hold(c->db, "account", plain, n);
}

enum status someone_was_faster(struct ctx *c, const char *detail)
{
    c->fault.again = true;
    fail(&c->fault, ST_UNAVAILABLE, "同时办理的人太多，本次操作没有保存，请再试一次");
    return fail_detail(&c->fault, ST_UNAVAILABLE, "%s", detail);
}
