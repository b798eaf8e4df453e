#include "app/members/gather.h"

#include "app/members/order.h"
#include "gen/queries.h"

#include <string.h>

/* Everyone of a walk, in its order; ret_whole: there are not more than GATHERED_MAX. */
static enum status read_whole(struct ctx *c, const struct walk *w, struct member_lines *ret, bool *ret_whole)
{
    struct walk_rows rows;
    struct member_lines lines = {0};
    TRY(walk_step(c, w, walk_start(w), false, GATHERED_MAX + 1, &rows));
    *ret_whole = rows.over && rows.n <= GATHERED_MAX;
    if (!*ret_whole) return ST_OK;
    lines.p = ARENA_ARRAY(c->arena, rows.n, struct member_line);
    for (size_t i = 0; i < rows.n; i++)
        lines.p[lines.n++] = *rows.p[i];
    *ret = lines;
    return ST_OK;
}

static void become(struct walk *w, struct member_lines lines, enum member_sort sort)
{
    w->path = PATH_GATHERED;
    w->sort = sort;
    w->sifted = false;
    w->gathered = lines;
    lines_sort(w, &w->gathered, false);
}

enum status gather_sorted(struct ctx *c, struct walk *w, enum member_sort sort)
{
    struct member_lines lines;
    bool whole;
    TRY(read_whole(c, w, &lines, &whole));
    if (whole) become(w, lines, sort);
    return ST_OK;
}

/* Who has such an approval, newest first. */
static enum status approved_ids(struct ctx *c, const struct walk *w, struct member_lines *ret,
                                bool *ret_whole)
{
    const struct member_filter *f = w->filter;
    struct members_approved_rows by_day = {0};
    struct members_of_document_rows by_document = {0};
    struct member_lines lines = {0};
    if (w->document.n)
        TRY(q_members_of_document(c->db, c->arena, w->document, GATHERED_MAX + 1, &by_document));
    else
        TRY(q_members_approved(c->db, c->arena, approved_first(f), approved_last(f), GATHERED_MAX + 1,
                               &by_day));
    size_t n = by_day.n + by_document.n;
    *ret_whole = n <= GATHERED_MAX;
    lines.p = ARENA_ARRAY(c->arena, n, struct member_line);
    for (size_t i = 0; i < n && *ret_whole; i++) {
        struct member_id id = w->document.n ? by_document.p[i].id : by_day.p[i].id;
        TRY(q_member_line_by_id_unscoped(c->db, c->arena, id, &lines.p[lines.n++]));
    }
    *ret = lines;
    return ST_OK;
}

enum status gather_approved(struct ctx *c, struct walk *w)
{
    struct member_lines lines;
    struct walk_rows kept;
    bool whole;
    TRY(approved_ids(c, w, &lines, &whole));
    if (!whole) return ST_OK;
    enum member_sort usual = w->sort;
    become(w, lines, SORT_NEWEST);
    w->sifted = true;
    TRY(walk_step(c, w, walk_start(w), false, GATHERED_MAX, &kept));
    lines.n = 0;
    struct member_line *left = ARENA_ARRAY(c->arena, kept.n, struct member_line);
    for (size_t i = 0; i < kept.n; i++)
        left[lines.n++] = *kept.p[i];
    lines.p = left;
    become(w, lines, usual);
    return ST_OK;
}
