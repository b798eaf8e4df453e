#include "app/core/todo.h"

#include "app/core/features.h"

#include <stdlib.h>

static bool is_for(const struct ctx *c, const struct todo_kind *k)
{
    return k->side == c->actor.side && (k->side != SIDE_STAFF || (c->actor.roles & k->roles));
}

static int by_turn_and_age(const void *a, const void *b)
{
    const struct todo *x = a, *y = b;
    if (!x->kind->owner != !y->kind->owner) return x->kind->owner ? 1 : -1;
    return (x->days < y->days) - (x->days > y->days);
}

static enum status find(struct ctx *c, const struct todo_kind *k, struct todos *all)
{
    struct todo t = {.kind = k};
    if (!is_for(c, k)) return ST_OK;
    TRY(k->find(c, k, &t.found));
    if (!t.found.count) return ST_OK;
    if (day_is(t.found.since)) t.days = day_number(c->today) - day_number(t.found.since);
    *ARENA_PUSH(c->arena, all) = t;
    return ST_OK;
}

enum status app_todo(struct ctx *c, struct todos *ret)
{
    struct todos all = {0};
    if (c->actor.side == SIDE_MEMBER) return fail(&c->fault, ST_FORBIDDEN, "您没有权限进行这项操作");
    TRY(app_read(c));
    for (size_t t = 0; t < app_features_n; t++)
        for (size_t i = 0; i < app_features[t]->n_todos; i++)
            TRY(find(c, &app_features[t]->todos[i], &all));
    if (all.n) qsort(all.p, all.n, sizeof *all.p, by_turn_and_age);
    *ret = all;
    return ST_OK;
}
