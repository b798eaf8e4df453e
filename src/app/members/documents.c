#include "app/members/documents.h"

#include "app/core/upgrade.h"
#include "domain/document_no.h"
#include "gen/queries.h"

enum { AT_ONCE = 300 };

static enum status fold_some(struct ctx *c, int64_t *behind, bool *ret_more)
{
    struct documents_behind_rows rows;
    TRY(q_documents_behind(c->db, c->arena, *behind, AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        *behind = rows.p[i].id.v;
        if (rows.p[i].document_no.n)
            TRY(q_document_fold(c->db, rows.p[i].id, document_no_fold(c->arena, rows.p[i].document_no),
                                NULL));
    }
    *ret_more = rows.n == AT_ONCE;
    return ST_OK;
}

enum status documents_upgrade(struct ctx *c, bool *ret_more)
{
    return upgrade_step(c, "period.document_folded", fold_some, ret_more);
}
