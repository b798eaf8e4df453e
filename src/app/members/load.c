#include "app/members/load.h"

#include "gen/queries.h"

enum status member_stored_of(struct ctx *c, const struct member_full *m, enum member_stored *ret)
{
    return member_stored_parse(m->state, ret)
               ? ST_OK
               : fail_detail(&c->fault, ST_BROKEN, "unknown state of a member");
}

struct subject member_subject(const struct member_full *m)
{
    return (struct subject){m->id, m->uid, m->data_key_sealed};
}

/* One place for whose a person is. */
static bool is_theirs(const struct actor *a, const struct member_full *m)
{
    if (!a->account.v) return false;
    switch (a->side) {
    case SIDE_MEMBER:
        return a->member.v == m->id.v;
    case SIDE_COMPANY:
        return a->company.v && a->company.v == m->company_id.v;
    case SIDE_STAFF:
        return a->roles & ROLES_READ_LISTS;
    }
    return false;
}

enum status member_load(struct ctx *c, struct member_id id, struct member_full *ret)
{
    struct member_full m = {0};
    enum status s = q_member_by_id_unscoped(c->db, c->arena, id, &m);
    if (s == ST_NOT_FOUND || (s == ST_OK && !is_theirs(&c->actor, &m))) {
        c->sought.member = id;
        return not_found(c);
    }
    if (s) return s;
    *ret = m;
    return ST_OK;
}
