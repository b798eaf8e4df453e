#include "media/sheet.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "media/clean.h"

#include <ctype.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>

#include <xlsxwriter.h>

#define MAX_CELL_CHARS 32767
#define MAX_DATA_ROWS  1000000 /* Excel has 1048576 lines */
#define PAPER_A4       9
#define FIRST_WIDE     0x2E80 /* from here on characters are two wide */
#define LINE_POINTS    15     /* of the table's font */
#define MAX_LINES      20     /* Excel has rows of 409 points at most */
#define INCH(mm)       ((mm) / 25.4)

/* Excel's built-in number formats: General, 0, #,##0.00, @. */
enum { GENERAL = 0, INTEGER = 1, MONEY = 4, TEXT = 49 };

struct sheet {
    lxw_workbook *book; /* NULL once closed */
    lxw_worksheet *page;
    lxw_format *title, *info, *header, *text, *wrapped, *integer, *money;
    const struct sheet_column *columns;
    size_t column_count, printed;
    lxw_row_t header_row, next_row;
    lxw_error error; /* the first one of the library */
    struct buf scratch, escaped;
};

static void drop(void *what)
{
    struct sheet *s = what;
    if (s->book) lxw_workbook_free(s->book);
    s->book = NULL;
    buf_free(&s->scratch);
    buf_free(&s->escaped);
}

/* _x0041_ in a cell's XML means the character U+0041. */
static bool is_escape(struct str text, size_t at)
{
    if (text.n - at < 7 || text.p[at] != '_' || text.p[at + 1] != 'x' || text.p[at + 6] != '_') return false;
    for (size_t i = at + 2; i < at + 6; i++)
        if (!isxdigit((unsigned char)text.p[i])) return false;
    return true;
}

/* What was typed is what is seen: where it looks like an escape, its underscore is one. */
static const char *cleaned(struct sheet *s, struct str text)
{
    struct str clean = clean_text(&s->scratch, text, MAX_CELL_CHARS);
    s->escaped.n = 0;
    for (size_t i = 0; i < clean.n; i++) {
        buf_char(&s->escaped, clean.p[i]);
        if (is_escape(clean, i)) buf_str(&s->escaped, STR("x005F_"));
    }
    buf_char(&s->escaped, '\0');
    /* One that has no room for that stands as it is: at 32767 characters it is no text that anyone reads. */
    return utf8_count(buf_text(&s->escaped)) > MAX_CELL_CHARS + 1 ? clean.p : s->escaped.p;
}

static void note(struct sheet *s, lxw_error e)
{
    if (s->error == LXW_NO_ERROR) s->error = e;
}

static lxw_format *format(struct sheet *s, double size, bool bold, uint8_t numbers)
{
    lxw_format *f = workbook_add_format(s->book);
    format_set_font_name(f, "等线");
    format_set_font_size(f, size);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (bold) format_set_bold(f);
    format_set_num_format_index(f, numbers);
    return f;
}

static lxw_format *framed(lxw_format *f)
{
    format_set_border(f, LXW_BORDER_THIN);
    format_set_border_color(f, 0xa0a8b4);
    return f;
}

static void make_formats(struct sheet *s)
{
    s->title = format(s, 16, true, GENERAL);
    format_set_align(s->title, LXW_ALIGN_CENTER);
    s->info = format(s, 11, false, GENERAL);
    s->header = framed(format(s, 11, true, GENERAL));
    format_set_align(s->header, LXW_ALIGN_CENTER);
    format_set_text_wrap(s->header);
    format_set_bg_color(s->header, 0xe8eef6);
    s->text = framed(format(s, 11, false, TEXT));
    s->wrapped = framed(format(s, 11, false, TEXT));
    format_set_text_wrap(s->wrapped);
    s->integer = framed(format(s, 11, false, INTEGER));
    s->money = framed(format(s, 11, false, MONEY));
}

/* One text over all columns that are printed. */
static void write_line(struct sheet *s, struct str text, lxw_format *f, double height)
{
    lxw_row_t row = s->next_row++;
    note(s, worksheet_set_row(s->page, row, height, NULL));
    if (s->printed > 1)
        note(s,
             worksheet_merge_range(s->page, row, 0, row, (lxw_col_t)(s->printed - 1), cleaned(s, text), f));
    else
        note(s, worksheet_write_string(s->page, row, 0, cleaned(s, text), f));
}

static void write_header(struct sheet *s)
{
    s->header_row = s->next_row++;
    note(s, worksheet_set_row(s->page, s->header_row, 24, NULL));
    for (size_t i = 0; i < s->column_count; i++)
        note(s, worksheet_write_string(s->page, s->header_row, (lxw_col_t)i, cleaned(s, s->columns[i].title),
                                       s->header));
    worksheet_freeze_panes(s->page, s->next_row, 0);
    note(s, worksheet_repeat_rows(s->page, s->header_row, s->header_row));
}

static void set_up_page(struct sheet *s)
{
    worksheet_set_landscape(s->page);
    worksheet_set_paper(s->page, PAPER_A4);
    worksheet_fit_to_pages(s->page, 1, 0);
    worksheet_set_margins(s->page, INCH(12), INCH(12), INCH(10), INCH(16));
    note(s, worksheet_set_footer(s->page, "&C第 &P 页 / 共 &N 页"));
    for (size_t i = 0; i < s->column_count; i++)
        note(s, worksheet_set_column(s->page, (lxw_col_t)i, (lxw_col_t)i, s->columns[i].width, NULL));
}

enum status sheet_begin(struct arena *a, struct fault *f, const char *path, const struct sheet_head *head,
                        struct sheet **ret)
{
    struct sheet *s = ARENA_NEW(a, struct sheet);
    buf_init(&s->scratch, 256, 4 * MAX_CELL_CHARS + 1);
    buf_init(&s->escaped, 256, 8 * MAX_CELL_CHARS + 1);
    arena_defer(a, drop, s);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = dirname(arena_cstr(a, str_from(path)))};
    s->book = workbook_new_opt(path, &options);
    s->page = workbook_add_worksheet(s->book, cleaned(s, head->name));
    if (!s->page) return fail_detail(f, ST_BROKEN, "sheet name refused by libxlsxwriter");
    s->columns = head->columns;
    s->column_count = head->column_count;
    s->printed = head->printed ? head->printed : head->column_count;
    make_formats(s);
    set_up_page(s);
    write_line(s, head->title, s->title, 32);
    for (size_t i = 0; i < head->info_count; i++)
        write_line(s, head->info[i], s->info, 18);
    write_header(s);
    if (s->error != LXW_NO_ERROR)
        return fail_detail(f, ST_BROKEN, "libxlsxwriter: %s", lxw_strerror(s->error));
    *ret = s;
    return ST_OK;
}

static lxw_error write_cell(struct sheet *s, lxw_col_t column, struct str cell)
{
    enum sheet_kind kind = s->columns[column].kind;
    lxw_format *text = column < s->printed ? s->wrapped : s->text;
    int64_t n;
    if (kind != SHEET_TEXT && str_int(cell, &n)) {
        bool money = kind == SHEET_MONEY;
        return worksheet_write_number(s->page, s->next_row, column, money ? (double)n / 100 : (double)n,
                                      money ? s->money : s->integer);
    }
    if (cell.n == 0) return worksheet_write_blank(s->page, s->next_row, column, text);
    return worksheet_write_string(s->page, s->next_row, column, cleaned(s, cell), text);
}

/* Chinese characters are two wide. */
int sheet_lines(struct str cell, int width)
{
    int lines = 1, at_column = 0;
    for (size_t at = 0; at < cell.n;) {
        uint32_t c = utf8_next(cell, &at);
        int wide = c < FIRST_WIDE ? 1 : 2;
        bool ends = c == '\n';
        if (ends || at_column + wide > width) {
            lines++;
            at_column = 0;
        }
        if (!ends) at_column += wide;
    }
    return lines;
}

/* Programs that do not fit heights by themselves would let long cells run into the row below. */
static void make_room(struct sheet *s, const struct str *cells)
{
    int most = 1;
    for (size_t i = 0; i < s->printed; i++) {
        int lines = s->columns[i].kind == SHEET_TEXT ? sheet_lines(cells[i], s->columns[i].width) : 1;
        if (lines > most) most = lines;
    }
    if (most > MAX_LINES) most = MAX_LINES;
    if (most > 1) note(s, worksheet_set_row(s->page, s->next_row, most * LINE_POINTS, NULL));
}

enum status sheet_row(struct sheet *s, struct fault *f, const struct str *cells)
{
    if (s->next_row - s->header_row > MAX_DATA_ROWS)
        return fail(f, ST_TOO_LARGE, "一张表最多 %d 行，请缩小筛选范围后再导出。", MAX_DATA_ROWS);
    make_room(s, cells);
    for (size_t i = 0; i < s->column_count; i++)
        note(s, write_cell(s, (lxw_col_t)i, cells[i]));
    s->next_row++;
    if (s->error != LXW_NO_ERROR)
        return fail_detail(f, ST_BROKEN, "libxlsxwriter: %s", lxw_strerror(s->error));
    return ST_OK;
}

/* The library never looks whether the rows reached the disk. */
static bool rows_are_on_disk(const struct sheet *s)
{
    FILE *rows = s->page->optimize_tmpfile;
    return rows && fflush(rows) == 0 && !ferror(rows);
}

static void write_total(struct sheet *s, struct str unit)
{
    char total[96];
    unsigned rows = s->next_row - s->header_row - 1;
    if (s->column_count > 0)
        note(s, worksheet_autofilter(s->page, s->header_row, 0, s->next_row - 1,
                                     (lxw_col_t)(s->column_count - 1)));
    snprintf(total, sizeof total, "合计 %u %.*s", rows, STR_ARG(unit));
    write_line(s, str_from(total), s->info, 20);
    if (s->printed > 0)
        note(s, worksheet_print_area(s->page, 0, 0, s->next_row - 1, (lxw_col_t)(s->printed - 1)));
}

enum status sheet_end(struct sheet *s, struct fault *f, struct str unit)
{
    write_total(s, unit);
    bool written = rows_are_on_disk(s);
    lxw_workbook *book = s->book;
    s->book = NULL; /* workbook_close frees it whatever happens */
    note(s, workbook_close(book));
    if (!written || s->error != LXW_NO_ERROR) {
        fail(f, ST_UNAVAILABLE, "表格没有写成，服务器磁盘可能已满，请稍后再试。");
        return fail_detail(f, ST_UNAVAILABLE, "libxlsxwriter: %s",
                           s->error ? lxw_strerror(s->error) : "rows not written");
    }
    return ST_OK;
}
