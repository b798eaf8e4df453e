#include "app/core/check.h"

#include <stdio.h>

struct str check_rows(struct arena *a, size_t n)
{
    if (n == 0) return STR_NONE;
    return arena_fmt(a, "%zu%s differ: " CHECK_RESTORE, n, n >= CHECK_SHOWN ? " or more" : "");
}

enum status sealed_look(struct ctx *c, struct sealed_wrong *wrong, const char *what, int64_t id,
                        enum status s)
{
    if (s != ST_BROKEN) return s;
    if (wrong->n++ == 0)
        snprintf(wrong->first, sizeof wrong->first, "%s %ld: %s", what, (long)id, c->fault.detail);
    c->fault = (struct fault){0};
    return ST_OK;
}

enum status check_sealed(struct ctx *c, sealed_some_fn *some, struct str *ret_wrong)
{
    struct sealed_wrong wrong = {0};
    int64_t behind = 0;
    struct arena *a = arena_child(c->arena);
    for (bool more = true; more;) {
        struct ctx piece = *c;
        piece.arena = a;
        enum status s = some(&piece, &behind, &wrong, &more);
        if (piece.fault.detail[0]) c->fault = piece.fault;
        TRY(s);
        arena_reset(a);
    }
    if (wrong.n)
        *ret_wrong = arena_fmt(c->arena, "%ld do not open where they stand, first %s: " CHECK_RESTORE,
                               (long)wrong.n, wrong.first);
    return ST_OK;
}
