#include "media/csv.h"

#include <string.h>

void csv_begin(struct buf *b)
{
    buf_str(b, STR("\xef\xbb\xbf"));
}

static bool looks_like_formula(struct str cell)
{
    if (cell.n == 0) return false;
    return memchr("=+-@\t\r\n", cell.p[0], 7) || str_starts(cell, STR("＝")) || str_starts(cell, STR("＋")) ||
           str_starts(cell, STR("－")) || str_starts(cell, STR("＠"));
}

static bool needs_quotes(struct str cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        if (memchr(",\"\r\n\t", cell.p[i], 5)) return true;
    }
    return false;
}

static void put_quoted(struct buf *b, struct str cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"') buf_char(b, '"');
        buf_char(b, cell.p[i]);
    }
}

static void put_cell(struct buf *b, struct str cell)
{
    bool quotes = needs_quotes(cell);
    if (quotes) buf_char(b, '"');
    if (looks_like_formula(cell)) buf_char(b, '\'');
    if (quotes)
        put_quoted(b, cell);
    else
        buf_str(b, cell);
    if (quotes) buf_char(b, '"');
}

void csv_row(struct buf *b, const struct str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0) buf_char(b, ',');
        put_cell(b, cells[i]);
    }
    buf_str(b, STR("\r\n"));
}
