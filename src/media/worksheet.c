#include "media/worksheet.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "media/merged.h"
#include "media/row_build.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DAMAGED   "表格内容已损坏（第 %u 行附近），请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再上传"
#define ROWS_MOST 1048576 /* that a sheet can have */
#define REF_MOST  16384   /* columns */

enum cell_type { T_NUMBER, T_SHARED, T_INLINE, T_STRING, T_BOOL, T_ERROR, T_DATE };

struct sheet_reading {
    struct workbook *book;
    struct fault *fault;
    table_row_fn each;
    void *arg;
    struct row_build build;
    struct merged merged;
    /* The cell under way. */
    uint32_t column; /* from 1 */
    enum cell_type type;
    int64_t style;
    bool in_row, in_cell, in_value, formula;
    int phonetic;
    struct buf value;
};

static enum status damaged(struct sheet_reading *r)
{
    return fail(r->fault, ST_BAD_INPUT, DAMAGED, (unsigned)r->build.row.number);
}

static bool is_true(struct str s)
{
    return str_eq(s, STR("1")) || str_eq(s, STR("true"));
}

static enum status row_begin(struct sheet_reading *r, const char **attributes)
{
    int64_t number = r->build.row.number + 1;
    struct str given = xml_attribute(attributes, "r");
    if (given.n && !str_int(given, &number)) return damaged(r);
    if (number <= r->build.row.number || number > ROWS_MOST) return damaged(r);
    row_build_start(&r->build, (uint32_t)number, is_true(xml_attribute(attributes, "hidden")));
    r->in_row = true;
    r->column = 0;
    return ST_OK;
}

/* AB12: column 28. 0: it is none. */
static uint32_t column_of(struct str ref)
{
    uint32_t column = 0;
    size_t i = 0;
    for (; i < ref.n && isalpha((unsigned char)ref.p[i]) && column <= REF_MOST; i++)
        column = column * 26 + (uint32_t)(toupper((unsigned char)ref.p[i]) - 'A' + 1);
    for (size_t k = i; k < ref.n; k++)
        if (!isdigit((unsigned char)ref.p[k])) return 0;
    return i < ref.n && column <= REF_MOST ? column : 0;
}

static enum cell_type type_of(struct str t)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } TYPES[] = {{"s", T_SHARED}, {"inlineStr", T_INLINE}, {"str", T_STRING},
                 {"b", T_BOOL},   {"e", T_ERROR},          {"d", T_DATE}};
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_eq(t, str_from(TYPES[i].name))) return TYPES[i].type;
    return T_NUMBER;
}

static enum status cell_begin(struct sheet_reading *r, const char **attributes)
{
    struct str ref = xml_attribute(attributes, "r");
    uint32_t column = ref.n ? column_of(ref) : r->column + 1;
    if (column <= r->column) return damaged(r);
    r->column = column;
    r->type = type_of(xml_attribute(attributes, "t"));
    if (!str_int(xml_attribute(attributes, "s"), &r->style)) r->style = 0;
    r->in_cell = true;
    r->formula = false;
    r->value.n = 0;
    return ST_OK;
}

static enum status on_start(void *arg, const char *name, const char **attributes)
{
    struct sheet_reading *r = arg;
    if (strcmp(name, "row") == 0) return r->in_row ? damaged(r) : row_begin(r, attributes);
    if (!r->in_row) return ST_OK;
    if (strcmp(name, "c") == 0) return r->in_cell ? damaged(r) : cell_begin(r, attributes);
    if (!r->in_cell) return ST_OK;
    if (strcmp(name, "rPh") == 0) r->phonetic++;
    if (strcmp(name, "f") == 0) r->formula = true;
    r->in_value = !r->phonetic && (r->type == T_INLINE ? strcmp(name, "t") == 0 : strcmp(name, "v") == 0);
    return ST_OK;
}

static enum status on_text(void *arg, struct str piece)
{
    struct sheet_reading *r = arg;
    if (r->in_value) buf_str(&r->value, piece);
    return ST_OK;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* _x0041_ is the character U+0041; 0: it is no such escape, or of nothing that a text may hold. */
static uint32_t escaped(struct str s, size_t at)
{
    uint32_t c = 0;
    if (s.n - at < 7 || s.p[at + 1] != 'x' || s.p[at + 6] != '_') return 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(s.p[i]);
        if (digit < 0) return 0;
        c = c << 4 | (uint32_t)digit;
    }
    return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

static void put_text(struct buf *to, struct str s)
{
    char utf8[4];
    if (!str_find(s, STR("_x"), NULL)) {
        buf_str(to, s);
        return;
    }
    for (size_t i = 0; i < s.n;) {
        uint32_t c = s.p[i] == '_' ? escaped(s, i) : 0;
        if (c)
            buf_add(to, utf8, utf8_put(c, utf8));
        else
            buf_char(to, s.p[i]);
        i += c ? 7 : 1;
    }
}

/* A number, and the date that it is shown as. */
static void put_number(struct sheet_reading *r, struct table_cell *cell, struct str value)
{
    char text[NUMBER_SIZE], day[DAY_TEXT_SIZE];
    struct number_format format = {false, -1};
    struct str number = number_text(str_trim(value), text, &cell->rounded);
    if (r->style >= 0 && (uint64_t)r->style < r->book->styles.n) format = r->book->styles.p[r->style];
    cell->kind = CELL_NUMBER;
    cell->decimals = format.decimals;
    cell->day = number.n ? serial_day(strtod(text, NULL), r->book->since_1904) : DAY_NONE;
    if (format.date && day_is(cell->day)) {
        day_text(cell->day, day);
        cell->kind = CELL_DAY;
        number = str_from(day);
    }
    buf_str(&r->build.text, number.n ? number : value);
    if (!number.n) cell->kind = CELL_TEXT;
}

/* 2019-03-15T00:00:00: a time of day is left out. */
static void put_date(struct sheet_reading *r, struct table_cell *cell, struct str value)
{
    struct day day;
    struct str date = str_sub(value, 0, DAY_TEXT_SIZE - 1);
    bool is_date = day_parse(date, &day);
    if (is_date) cell->kind = CELL_DAY;
    buf_str(&r->build.text, is_date ? date : value);
}

static enum status put_shared(struct sheet_reading *r, struct str value)
{
    int64_t at;
    struct str text;
    if (!str_int(str_trim(value), &at) || !workbook_text(r->book, at, &text)) return damaged(r);
    put_text(&r->build.text, text);
    return ST_OK;
}

static enum status put_value(struct sheet_reading *r, struct table_cell *cell)
{
    struct str value = buf_text(&r->value);
    cell->kind = CELL_TEXT;
    switch (r->type) {
    case T_SHARED:
        return put_shared(r, value);
    case T_INLINE:
    case T_STRING:
        put_text(&r->build.text, value);
        break;
    case T_DATE:
        put_date(r, cell, str_trim(value));
        break;
    case T_BOOL:
        buf_str(&r->build.text, is_true(str_trim(value)) ? STR("是") : STR("否"));
        break;
    case T_ERROR:
        cell->kind = CELL_ERROR;
        buf_str(&r->build.text, value);
        break;
    case T_NUMBER:
        put_number(r, cell, value);
        break;
    }
    return ST_OK;
}

static enum status cell_end(struct sheet_reading *r)
{
    struct table_cell *cell;
    r->in_cell = false;
    if (r->value.full)
        return fail(r->fault, ST_BAD_INPUT, "第 %u 行有一格的内容太长", (unsigned)r->build.row.number);
    if (!r->value.n && !r->formula) return ST_OK;
    TRY(row_build_cell(&r->build, r->fault, r->column, &cell));
    size_t before = r->build.text.n;
    if (r->value.n) TRY(put_value(r, cell));
    /* A text formula may well have kept an empty text. */
    if (!r->value.n && r->type != T_STRING) cell->kind = CELL_ERROR;
    if (cell->kind == CELL_TEXT && r->build.text.n == before) cell->kind = CELL_NONE;
    return ST_OK;
}

/* A row with nothing of its own is none, whatever is merged over it. */
static enum status on_whole_row(void *arg, const struct table_row *row)
{
    struct sheet_reading *r = arg;
    struct table_row filled = *row;
    filled.n = merged_fill(&r->merged, row->number, r->build.cells, row->n);
    return r->each(r->arg, &filled);
}

static enum status row_end(struct sheet_reading *r)
{
    r->in_row = false;
    return row_build_end(&r->build, r->fault, on_whole_row, r);
}

static enum status on_end(void *arg, const char *name)
{
    struct sheet_reading *r = arg;
    r->in_value = false;
    if (strcmp(name, "rPh") == 0 && r->phonetic) r->phonetic--;
    if (r->in_cell) return strcmp(name, "c") == 0 ? cell_end(r) : ST_OK;
    return r->in_row && strcmp(name, "row") == 0 ? row_end(r) : ST_OK;
}

enum status worksheet_read(struct workbook *w, struct fault *f, size_t entry, table_row_fn each, void *arg)
{
    static const struct xml_handler HANDLER = {on_start, on_end, on_text};
    struct arena *work = arena_child(w->arena);
    struct sheet_reading *r = ARENA_NEW(work, struct sheet_reading);
    *r = (struct sheet_reading){.book = w, .fault = f, .each = each, .arg = arg};
    row_build_init(work, &r->build);
    buf_tie(work, &r->value);
    buf_init(&r->value, 256, LIMIT_SHEET_CELL);
    enum status s = merged_find(work, w->archive, f, entry, &r->merged);
    if (s == ST_OK) s = xml_read(work, w->archive, f, entry, &HANDLER, r);
    arena_reset(work);
    return s;
}
