#include "media/delimited.h"

#include "base/utf8.h"
#include "media/charset.h"
#include "media/row_build.h"

#include <string.h>

#define PIECE    (64u << 10)
#define LOOKED   4096 /* bytes in which a file shows whether it is text */
#define UTF8_BOM "\xef\xbb\xbf"

struct text_reading {
    struct fault *fault;
    table_row_fn each;
    void *arg;
    struct str rest;         /* of the file */
    struct charset *charset; /* NULL: it is UTF-8 */
    char *piece;
    char separator;
    enum { AT_START, BARE, QUOTED, BEHIND_QUOTE } state;
    bool skip_lf, any; /* something of the row was there */
    uint32_t number, column;
    struct row_build build;
    struct table_cell *cell;
};

static bool begins(struct bytes file, const char *mark, size_t n)
{
    return file.n >= n && memcmp(file.p, mark, n) == 0;
}

static const char *utf16_of(struct bytes file)
{
    return begins(file, "\xff\xfe", 2) ? "UTF-16LE" : begins(file, "\xfe\xff", 2) ? "UTF-16BE" : NULL;
}

bool delimited_is(struct bytes file)
{
    if (utf16_of(file)) return true;
    for (size_t i = 0; i < file.n && i < LOOKED; i++)
        if (file.p[i] < ' ' && !(file.p[i] && strchr("\t\r\n\f", file.p[i]))) return false;
    return true;
}

static enum status begin(struct arena *a, struct text_reading *r, struct bytes file)
{
    const char *name = utf16_of(file);
    struct str all = {(const char *)file.p, file.n};
    if (begins(file, UTF8_BOM, 3))
        all = str_sub(all, 3, all.n);
    else if (name)
        all = str_sub(all, 2, all.n);
    else if (!utf8_valid(all))
        name = "GB18030";
    r->rest = all;
    if (!name) return ST_OK;
    r->piece = arena_alloc(a, PIECE);
    return charset_begin(a, r->fault, name, &r->charset);
}

static enum status unreadable(const struct text_reading *r)
{
    return fail(r->fault, ST_BAD_INPUT,
                "第 %u 行附近有不能识别的文字，请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再上传",
                (unsigned)(r->number ? r->number : 1));
}

/* In UTF-8; empty at the end. */
static enum status next_piece(struct text_reading *r, struct str *ret)
{
    size_t n = 0;
    if (!r->charset) {
        *ret = str_sub(r->rest, 0, PIECE);
        r->rest = str_sub(r->rest, ret->n, r->rest.n);
        return ST_OK;
    }
    if (r->rest.n && !charset_step(r->charset, &r->rest, r->piece, PIECE, &n)) return unreadable(r);
    if (n == 0 && r->rest.n) return unreadable(r);
    *ret = (struct str){r->piece, n};
    return ST_OK;
}

/* By how often it stands outside of quotes in the line that has the most of it; then by the lines that have
 * it. */
static size_t weight_of(struct str piece, char separator)
{
    size_t most = 0, n = 0, lines = 0;
    bool quoted = false;
    for (size_t i = 0; i < piece.n; i++) {
        quoted ^= piece.p[i] == '"';
        if (piece.p[i] == '\n' || piece.p[i] == '\r') n = 0;
        if (quoted || piece.p[i] != separator) continue;
        lines += ++n == 1;
        if (n > most) most = n;
    }
    return most * PIECE + lines;
}

static char separator_of(struct str piece)
{
    static const char SEPARATORS[] = {',', '\t', ';', '|'};
    char best = SEPARATORS[0];
    for (size_t i = 1; i < sizeof SEPARATORS; i++)
        if (weight_of(piece, SEPARATORS[i]) > weight_of(piece, best)) best = SEPARATORS[i];
    return best;
}

/* A line of Excel's own: sep=; */
static bool says_separator(struct text_reading *r, struct str *piece)
{
    size_t n = 5;
    if (!str_starts(*piece, STR("sep=")) || piece->n < n + 1) return false;
    if (piece->p[n] != '\n' && piece->p[n] != '\r') return false;
    r->separator = piece->p[4];
    *piece = str_sub(*piece, n, piece->n);
    while (piece->n && (piece->p[0] == '\r' || piece->p[0] == '\n'))
        *piece = str_sub(*piece, 1, piece->n);
    return true;
}

static void start_row(struct text_reading *r)
{
    row_build_start(&r->build, ++r->number, false);
    r->column = 0;
    r->cell = NULL;
    r->any = false;
    r->state = AT_START;
}

static enum status put(struct text_reading *r, char c)
{
    if (!r->cell) TRY(row_build_cell(&r->build, r->fault, r->column + 1, &r->cell));
    r->cell->kind = CELL_TEXT;
    if (r->build.text.n - r->build.from[r->column] >= LIMIT_SHEET_CELL)
        return fail(r->fault, ST_BAD_INPUT, "第 %u 行有一格的内容太长，可能是引号没有成对，请检查后再上传",
                    (unsigned)r->number);
    buf_char(&r->build.text, c);
    return ST_OK;
}

static enum status end_row(struct text_reading *r)
{
    TRY(row_build_end(&r->build, r->fault, r->each, r->arg));
    start_row(r);
    return ST_OK;
}

static enum status bare(struct text_reading *r, char c)
{
    if (c == r->separator) {
        r->column++;
        r->cell = NULL;
        r->state = AT_START;
        r->any = true;
        return ST_OK;
    }
    if (c == '\r' || c == '\n') {
        r->skip_lf = c == '\r';
        return end_row(r);
    }
    r->any = true;
    if (c == '"' && r->state == AT_START) {
        r->state = QUOTED;
        return ST_OK;
    }
    r->state = BARE;
    return put(r, c);
}

static enum status quoted(struct text_reading *r, char c)
{
    if (c != '"') return put(r, c);
    r->state = BEHIND_QUOTE;
    return ST_OK;
}

static enum status take(struct text_reading *r, char c)
{
    bool lf_of_crlf = r->skip_lf && c == '\n';
    r->skip_lf = false;
    if (lf_of_crlf) return ST_OK;
    switch (r->state) {
    case QUOTED:
        return quoted(r, c);
    case BEHIND_QUOTE:
        r->state = c == '"' ? QUOTED : BARE;
        return c == '"' ? put(r, c) : bare(r, c);
    case AT_START:
    case BARE:
        break;
    }
    return bare(r, c);
}

static enum status read_all(struct text_reading *r)
{
    struct str piece;
    TRY(next_piece(r, &piece));
    if (!says_separator(r, &piece)) r->separator = separator_of(piece);
    start_row(r);
    while (piece.n) {
        for (size_t i = 0; i < piece.n; i++)
            TRY(take(r, piece.p[i]));
        TRY(next_piece(r, &piece));
    }
    if (r->state == QUOTED)
        return fail(r->fault, ST_BAD_INPUT, "第 %u 行的引号没有成对，请检查后再上传", (unsigned)r->number);
    return r->any ? end_row(r) : ST_OK;
}

enum status delimited_read(struct arena *a, struct fault *f, struct bytes file, table_row_fn each, void *arg)
{
    struct arena *work = arena_child(a);
    struct text_reading *r = ARENA_NEW(work, struct text_reading);
    *r = (struct text_reading){.fault = f, .each = each, .arg = arg};
    row_build_init(work, &r->build);
    enum status s = begin(work, r, file);
    if (s == ST_OK) s = read_all(r);
    arena_reset(work);
    return s;
}
