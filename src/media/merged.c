#include "media/merged.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PIECE     (64u << 10)
#define ROWS_MOST 10000000
#define CARRY     64 /* what may have begun at the end of a piece: mergeCell ref="AA1048575:AA1048576" */

static uint32_t digits(struct str s, size_t *at)
{
    uint32_t n = 0;
    for (; *at < s.n && isdigit((unsigned char)s.p[*at]) && n < ROWS_MOST; (*at)++)
        n = n * 10 + (uint32_t)(s.p[*at] - '0');
    return n;
}

/* From 1. */
static uint32_t letters(struct str s, size_t *at)
{
    uint32_t n = 0;
    for (; *at < s.n && isupper((unsigned char)s.p[*at]) && n <= LIMIT_SHEET_COLUMNS; (*at)++)
        n = n * 26 + (uint32_t)(s.p[*at] - 'A' + 1);
    return n;
}

/* B4:C9: of its first column, where it has more than one row. */
static bool read_range(struct str s, struct merged_range *ret)
{
    size_t at = 0;
    uint32_t column = letters(s, &at), first = digits(s, &at);
    if (at >= s.n || s.p[at++] != ':') return false;
    letters(s, &at);
    uint32_t last = digits(s, &at);
    if (!column || column > LIMIT_SHEET_COLUMNS || !first || last <= first) return false;
    *ret = (struct merged_range){first, last, column - 1};
    return true;
}

/* Those that begin in the piece and are whole in it, or are its last. */
static void look_through(struct arena *a, struct merged *m, struct str piece)
{
    struct str mark = STR("mergeCell ref=\"");
    size_t at;
    struct merged_range range;
    while (m->n < LIMIT_SHEET_MERGED && str_find(piece, mark, &at)) {
        piece = str_sub(piece, at + mark.n, piece.n);
        if (read_range(piece, &range)) *ARENA_PUSH(a, m) = range;
    }
}

static int by_first(const void *a, const void *b)
{
    const struct merged_range *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Pieces overlap: of what is cut at the end of one, the next has the whole. */
static size_t behind_last_mark(struct str piece)
{
    size_t keep = piece.n < CARRY ? piece.n : CARRY;
    const char *mark = memrchr(piece.p + piece.n - keep, '<', keep);
    return mark ? (size_t)(mark - piece.p) : piece.n;
}

enum status merged_find(struct arena *a, struct unzip *z, struct fault *f, size_t entry, struct merged *ret)
{
    struct arena *work = arena_child(a);
    struct unzip_entry *e;
    char *p = arena_alloc(work, CARRY + PIECE);
    size_t n = 1, kept = 0;
    enum status s = unzip_open(work, z, f, entry, &e);
    memset(ret, 0, sizeof *ret);
    while (s == ST_OK && n) {
        s = unzip_read(e, f, p + kept, PIECE, &n);
        if (s != ST_OK) break;
        struct str piece = {p, kept + n};
        size_t whole = n ? behind_last_mark(piece) : piece.n;
        look_through(a, ret, str_sub(piece, 0, whole));
        kept = piece.n - whole;
        memmove(p, p + whole, kept);
    }
    arena_reset(work);
    if (ret->n) qsort(ret->p, ret->n, sizeof *ret->p, by_first);
    return s;
}

static void open_range(struct merged *m, const struct merged_range *r, uint32_t row,
                       const struct table_cell *cells, size_t n)
{
    __typeof__(&m->open[0]) o = &m->open[r->column];
    o->last = 0;
    if (r->first != row || r->column >= n || cells[r->column].text.n > MERGED_TEXT) return;
    o->last = r->last;
    o->cell = cells[r->column];
    memcpy(o->text, o->cell.text.p, o->cell.text.n);
    o->cell.text.p = o->text;
}

size_t merged_fill(struct merged *m, uint32_t row, struct table_cell *cells, size_t n)
{
    for (size_t i = 0; i < LIMIT_SHEET_COLUMNS && m->n; i++) {
        if (m->open[i].last < row || m->open[i].cell.kind == CELL_NONE) continue;
        while (n <= i)
            cells[n++] = (struct table_cell){.decimals = -1};
        if (cells[i].kind == CELL_NONE) cells[i] = m->open[i].cell;
    }
    for (; m->next < m->n && m->p[m->next].first <= row; m->next++)
        open_range(m, &m->p[m->next], row, cells, n);
    return n;
}
