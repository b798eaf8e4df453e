#include "app/members/undo.h"

#include "app/core/hold.h"
#include "app/core/once.h"
#include "app/members/decide.h"
#include "app/members/effects.h"
#include "app/members/merge.h"
#include "gen/queries.h"

#include <stdlib.h>

/* Whether the rules let the act be taken back from what the person is now: a training result, a payment, a
 * certificate is newer than any version says. */
static enum status depends(struct ctx *c, enum member_event act, const struct member_full *m, bool *ret)
{
    struct member_facts facts;
    enum member_stored to;
    enum member_refusal why = MEMBER_MAY;
    TRY(member_facts_of(c, m, &facts));
    if (act == EVENT_APPROVE) why = member_transition(&facts, SIDE_STAFF, EVENT_UNAPPROVE, &to);
    if (act == EVENT_RECOMMEND || act == EVENT_RECOMMEND_RENEWAL)
        why = member_transition(&facts, SIDE_COMPANY, EVENT_UNRECOMMEND, &to);
    *ret = why != MEMBER_MAY;
    return ST_OK;
}

/* A name only to who may read the person now. */
static struct str name_for(const struct ctx *c, const struct member_full *m)
{
    bool theirs = c->actor.side != SIDE_COMPANY || c->actor.company.v == m->company_id.v;
    return theirs ? m->name : STR("");
}

/* What an undo works on: the outcome, and of a merge what stands around its rows. */
struct undoing {
    const struct outcome *of;
    struct company_merge_full merge;
};

static enum status undo_row(struct ctx *c, const struct undoing *u, const struct outcome_row_full *row,
                            struct member_full *m, struct outcome *o)
{
    bool newer = m->version != row->version, merge = u->of->kind == OUTCOME_MERGE;
    if (!newer && !merge) TRY(depends(c, u->of->what, m, &newer));
    if (newer) {
        outcome_skip(
            c, o,
            &(struct skipped){m->id, name_for(c, m), STR("newer"), STR("之后又有办理或修改，不能再撤销")});
        return ST_OK;
    }
    TRY(merge ? merge_restore(c, &u->merge, m) : member_restore(c, u->of->what, row, m));
    outcome_done(c, o, NULL, m);
    return ST_OK;
}

static int by_company(const void *a, const void *b)
{
    int64_t x = ((const struct company_id *)a)->v, y = ((const struct company_id *)b)->v;
    return (x > y) - (x < y);
}

struct people {
    LIST(struct member_full);
};

/* As they are now, and the companies that they have and had. */
static enum status read_people(struct ctx *c, const struct outcome_row_fulls *rows, struct people *ret)
{
    struct company_id *companies = ARENA_ARRAY(c->arena, 2 * rows->n, struct company_id);
    ARENA_RESERVE(c->arena, ret, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        struct member_full *m = ARENA_PUSH(c->arena, ret);
        TRY(q_member_by_id_unscoped(c->db, c->arena, rows->p[i].member_id, m));
        companies[2 * i] = m->company_id;
        companies[2 * i + 1] = rows->p[i].was_company_id;
    }
    if (rows->n) qsort(companies, 2 * rows->n, sizeof *companies, by_company);
    return hold_companies(c, companies, 2 * rows->n);
}

static enum status hold_people(struct ctx *c, const struct outcome_row_fulls *rows)
{
    struct member_id *ids = ARENA_ARRAY(c->arena, rows->n, struct member_id);
    for (size_t i = 0; i < rows->n; i++)
        ids[i] = rows->p[i].member_id;
    return hold_members(c, ids, rows->n);
}

/* The token of the outcome that took this one back already; none. */
static enum status undone_by(struct ctx *c, struct str token, struct str *ret)
{
    struct outcome_undone_row row;
    enum status s = q_outcome_undone(c->db, c->arena, token, &row);
    *ret = s == ST_OK ? row.token : STR_NONE;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status undo_all(struct ctx *c, const struct outcome *of, const struct outcome_row_fulls *rows,
                            struct outcome *ret)
{
    struct people people = {0};
    struct undoing u = {.of = of};
    TRY(read_people(c, rows, &people));
    if (of->kind == OUTCOME_MERGE) TRY(merge_take_back(c, ret->undoes, &u.merge));
    for (size_t i = 0; i < rows->n; i++)
        TRY(undo_row(c, &u, &rows->p[i], &people.p[i], ret));
    return ST_OK;
}

static enum status undo(struct ctx *c, struct str token, struct str fresh, struct str *ret_token)
{
    struct outcome of = {0};
    struct outcome_row_fulls rows;
    struct str earlier;
    TRY(app_outcome(c, token, &of));
    if (!outcome_may_be_undone(&of))
        return fail(&c->fault, ST_CONFLICT, "这次办理不能在这里撤销，请到人员页面办理");
    TRY(q_outcome_rows_unscoped(c->db, c->arena, token, &rows));
    TRY(hold_people(c, &rows));
    TRY(undone_by(c, token, &earlier));
    if (earlier.n) {
        app_rollback(c);
        *ret_token = earlier;
        return ST_OK;
    }
    struct outcome o = {.kind = of.kind, .what = of.what, .undoes = token};
    TRY(undo_all(c, &of, &rows, &o));
    TRY(outcome_save(c, &o, fresh));
    TRY(app_commit(c));
    *ret_token = fresh;
    return ST_OK;
}

enum status app_outcome_undo(struct ctx *c, struct str token, struct str once, struct str *ret_token)
{
    struct str fresh = once_token(c), earlier;
    if (c->actor.side == SIDE_STAFF) TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(need_more_than_view(c));
    TRY(app_begin(c));
    TRY(once_take(c, once, fresh, &earlier));
    if (earlier.n) {
        app_rollback(c);
        *ret_token = earlier;
        return ST_OK;
    }
    return undo(c, token, fresh, ret_token);
}
