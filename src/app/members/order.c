#include "app/members/order.h"

#include "app/core/cursor.h"

#include <stdlib.h>

static const struct {
    struct str code;
    const char *order; /* of its cursors */
} SORTS[SORT_COUNT] = {
    [SORT_USUAL] = {STR_INIT(""), "members"},
    [SORT_NEWEST] = {STR_INIT("newest"), "members"},
    [SORT_EXPIRY] = {STR_INIT("expiry"), "members-by-end"},
    [SORT_NAME] = {STR_INIT("name"), "members-by-name"},
    [SORT_WAITING] = {STR_INIT("waiting"), "members-by-waiting"},
};

const char *member_sort_code(enum member_sort sort)
{
    return SORTS[sort].code.p;
}

bool member_sort_parse(struct str code, enum member_sort *ret)
{
    for (size_t i = 0; i < SORT_COUNT; i++) {
        if (!str_eq(SORTS[i].code, code)) continue;
        *ret = (enum member_sort)i;
        return true;
    }
    return false;
}

struct spot spot_of(const struct walk *w, const struct member_line *row)
{
    struct spot at = {.id = row->id};
    switch (w->sort) {
    case SORT_USUAL:
    case SORT_NEWEST:
        break;
    case SORT_EXPIRY:
        at.end = day_is(row->period_end) ? row->period_end : NO_END;
        break;
    case SORT_NAME:
        at.name = row->name;
        break;
    case SORT_WAITING:
        at.since = row->state_at;
        break;
    }
    return at;
}

struct spot walk_start(const struct walk *w)
{
    if (w->sort == SORT_USUAL || w->sort == SORT_NEWEST) return WALK_TOP;
    return (struct spot){.end = w->path == PATH_ENDING ? w->from_end : FIRST_DAY, .name = STR("")};
}

static int spot_cmp(const struct walk *w, const struct spot *a, const struct spot *b)
{
    int by_id = (a->id.v > b->id.v) - (a->id.v < b->id.v);
    int order = 0;
    switch (w->sort) {
    case SORT_USUAL:
    case SORT_NEWEST:
        return -by_id;
    case SORT_EXPIRY:
        order = day_cmp(a->end, b->end);
        break;
    case SORT_NAME:
        order = str_cmp(a->name, b->name);
        break;
    case SORT_WAITING:
        order = (a->since > b->since) - (a->since < b->since);
        break;
    }
    return order ? order : by_id;
}

int line_cmp(const struct walk *w, const struct member_line *row, const struct spot *at)
{
    struct spot of = spot_of(w, row);
    return spot_cmp(w, &of, at);
}

static int forward(const void *a, const void *b, void *walk)
{
    struct spot at = spot_of(walk, b);
    return line_cmp(walk, a, &at);
}

static int backward(const void *a, const void *b, void *walk)
{
    return forward(b, a, walk);
}

void lines_sort(const struct walk *w, struct member_lines *lines, bool back)
{
    struct walk of = *w;
    if (lines->n > 1) qsort_r(lines->p, lines->n, sizeof *lines->p, back ? backward : forward, &of);
}

static struct str key_of(struct ctx *c, const struct walk *w, const struct spot *at)
{
    switch (w->sort) {
    case SORT_USUAL:
    case SORT_NEWEST:
        break;
    case SORT_EXPIRY:
        return day_str(c->arena, at->end);
    case SORT_NAME:
        return at->name;
    case SORT_WAITING:
        return arena_fmt(c->arena, "%ld", (long)at->since);
    }
    return STR("");
}

struct str walk_cursor(struct ctx *c, const struct walk *w, struct spot at)
{
    return list_cursor_key(c, SORTS[w->sort].order, key_of(c, w, &at), at.id.v);
}

bool walk_cursor_read(struct ctx *c, const struct walk *w, struct str cursor, struct spot *ret)
{
    struct str key;
    struct spot at = {.name = STR("")};
    if (!list_cursor_key_read(c, SORTS[w->sort].order, cursor, &key, &at.id.v)) return false;
    switch (w->sort) {
    case SORT_USUAL:
    case SORT_NEWEST:
        break;
    case SORT_EXPIRY:
        if (!day_parse(key, &at.end)) return false;
        break;
    case SORT_NAME:
        at.name = key;
        break;
    case SORT_WAITING:
        if (!str_int(key, &at.since)) return false;
        break;
    }
    *ret = at;
    return true;
}

enum status gathered_step(struct ctx *c, const struct walk *w, struct spot from, bool back, int64_t limit,
                          struct member_lines *ret)
{
    struct member_lines lines = {.p = ARENA_ARRAY(c->arena, (size_t)limit, struct member_line)};
    const struct member_lines *all = &w->gathered;
    for (size_t i = 0; i < all->n && lines.n < (size_t)limit; i++) {
        const struct member_line *row = &all->p[back ? all->n - 1 - i : i];
        int order = line_cmp(w, row, &from);
        if (back ? order < 0 : order > 0) lines.p[lines.n++] = *row;
    }
    *ret = lines;
    return ST_OK;
}
