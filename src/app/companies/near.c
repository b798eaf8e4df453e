#include "app/companies/near.h"

#include "app/core/like.h"
#include "domain/fold.h"
#include "domain/name_grams.h"
#include "gen/queries.h"

#define CORE_BYTES 9 /* three Chinese characters: fewer distinguish nothing */

static const struct str HEADS[] = {STR_INIT("中国"), STR_INIT("甘肃省"), STR_INIT("甘肃"), STR_INIT("兰州市"),
                                   STR_INIT("兰州")};
static const struct str TAILS[] = {STR_INIT("责任公司"), STR_INIT("有限公司"), STR_INIT("股份公司"),
                                   STR_INIT("公司"),     STR_INIT("有限"),     STR_INIT("股份"),
                                   STR_INIT("集团")};
#define COUNT(array) (sizeof(array) / sizeof *(array))

struct str company_core(struct arena *a, struct str name)
{
    struct str core = search_fold(a, name);
    for (size_t i = 0; i < COUNT(TAILS); i++) {
        if (!str_ends(core, TAILS[i]) || core.n < TAILS[i].n + CORE_BYTES) continue;
        core.n -= TAILS[i].n;
        i = (size_t)-1; /* there may be another before it */
    }
    for (size_t i = 0; i < COUNT(HEADS); i++)
        if (str_starts(core, HEADS[i]) && core.n >= HEADS[i].n + CORE_BYTES)
            core = str_sub(core, HEADS[i].n, core.n);
    return core;
}

enum status company_near(struct ctx *c, struct str name, struct company_id *ret)
{
    struct str folded, core = company_core(c->arena, name);
    struct company_lines like;
    struct grams grams = name_query_grams(c->arena, core, &folded);
    *ret = (struct company_id){0};
    if (core.n < CORE_BYTES || !grams.n) return ST_OK;
    TRY(q_companies_named(c->db, c->arena, grams.p[0], like_pattern(c->arena, folded),
                          (struct company_id){INT64_MAX}, 1, &like));
    if (like.n) *ret = like.p[0].id;
    return ST_OK;
}

enum status company_called(struct ctx *c, struct str name, struct company_called *ret)
{
    struct company_called called = {0};
    struct companies_by_folded_rows named;
    struct company_id near;
    TRY(q_companies_by_folded(c->db, c->arena, name_fold(c->arena, name), &named));
    if (named.n) {
        TRY(q_company_by_id_unscoped(c->db, c->arena, named.p[0].id, &called.same));
    } else {
        TRY(company_near(c, name, &near));
        if (near.v) TRY(q_company_by_id_unscoped(c->db, c->arena, near, &called.near));
        if (!called.near.enabled) called.near = (struct company_full){0};
    }
    *ret = called;
    return ST_OK;
}
