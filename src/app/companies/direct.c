#include "app/companies/direct.h"

#include "app/companies/companies.h"
#include "gen/queries.h"

enum status company_direct_make(struct ctx *c)
{
    struct company_full there;
    struct company_id id;
    enum status s = q_company_direct(c->db, c->arena, &there);
    if (s != ST_NOT_FOUND) return s;
    struct company_new direct = {
        .name = STR("协会直管"), .contact = STR(""), .phone = STR(""), .address = STR(""), .direct = true};
    return company_insert(c, &direct, &id, NULL);
}

enum status company_direct(struct ctx *c, struct company_id *ret)
{
    if (!c->direct.v) {
        struct company_full row;
        TRY(q_company_direct(c->db, c->arena, &row));
        c->direct = row.id;
    }
    *ret = c->direct;
    return ST_OK;
}
