#include "media/form_sheet.h"

#include "media/sheet.h"

#include <libgen.h>

#include <xlsxwriter.h>

#define TITLE_ROW    0
#define HEADING_ROW  1
#define EXAMPLE_ROW  2
#define FILLED_ROWS  5000 /* that have lists and prompts */
#define TEXT_FORMAT  49   /* @ */
#define TITLE_POINTS 48
#define HEAD_POINTS  30
#define HELP_WIDTH   60
#define LINE_POINTS  16
#define TITLE_OVER   6 /* columns: as much as a screen shows */
#define PAPER_A4     9

struct writing {
    struct arena *arena;
    lxw_workbook *book;
    lxw_format *title, *heading, *required, *text, *example, *help;
    lxw_error error;
};

static void note(struct writing *w, lxw_error e)
{
    if (w->error == LXW_NO_ERROR) w->error = e;
}

static lxw_format *format(struct writing *w, bool wrap)
{
    lxw_format *f = workbook_add_format(w->book);
    format_set_font_name(f, "等线");
    format_set_font_size(f, 11);
    format_set_num_format_index(f, TEXT_FORMAT);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (wrap) format_set_text_wrap(f);
    return f;
}

static lxw_format *framed(lxw_format *f, uint32_t background)
{
    format_set_border(f, LXW_BORDER_THIN);
    format_set_border_color(f, 0xa0a8b4);
    if (background) format_set_bg_color(f, background);
    return f;
}

static void make_formats(struct writing *w)
{
    w->title = format(w, true);
    w->heading = framed(format(w, true), 0xe8eef6);
    w->required = framed(format(w, true), 0xe8eef6);
    format_set_bold(w->heading);
    format_set_bold(w->required);
    format_set_font_color(w->required, 0xb42318);
    w->text = format(w, false);
    w->example = framed(format(w, false), 0xf2f2f2);
    format_set_font_color(w->example, 0x667085);
    format_set_italic(w->example);
    w->help = framed(format(w, true), 0);
}

static void put(struct writing *w, lxw_worksheet *page, lxw_row_t row, size_t column, struct str text,
                lxw_format *f)
{
    note(w, worksheet_write_string(page, row, (lxw_col_t)column, arena_cstr(w->arena, text), f));
}

/* What is not in the list can be written all the same: more is understood than is offered. */
static void write_choices(struct writing *w, lxw_worksheet *page, const struct form_column *c, size_t column)
{
    lxw_data_validation rule = {
        .validate = c->choices ? LXW_VALIDATION_TYPE_LIST : LXW_VALIDATION_TYPE_ANY,
        .value_list = c->choices,
        .error_type = LXW_VALIDATION_ERROR_TYPE_INFORMATION,
        .input_title = arena_cstr(w->arena, c->title),
        .input_message = arena_cstr(w->arena, c->prompt),
    };
    if (!c->choices && !c->prompt.n) return;
    note(w, worksheet_data_validation_range(page, EXAMPLE_ROW + 1, (lxw_col_t)column,
                                            EXAMPLE_ROW + FILLED_ROWS, (lxw_col_t)column, &rule));
}

static void set_up_page(lxw_worksheet *page)
{
    worksheet_set_landscape(page);
    worksheet_set_paper(page, PAPER_A4);
    worksheet_fit_to_pages(page, 1, 0);
}

static void write_form(struct writing *w, lxw_worksheet *page, const struct form_sheet *form)
{
    note(w, worksheet_set_row(page, TITLE_ROW, TITLE_POINTS, NULL));
    note(w, worksheet_set_row(page, HEADING_ROW, HEAD_POINTS, NULL));
    size_t over = form->column_count < TITLE_OVER ? form->column_count : TITLE_OVER;
    note(w, worksheet_merge_range(page, TITLE_ROW, 0, TITLE_ROW, (lxw_col_t)(over - 1),
                                  arena_cstr(w->arena, form->title), w->title));
    for (size_t i = 0; i < form->column_count; i++) {
        const struct form_column *c = &form->columns[i];
        note(w, worksheet_set_column(page, (lxw_col_t)i, (lxw_col_t)i, c->width, w->text));
        put(w, page, HEADING_ROW, i, c->required ? arena_fmt(w->arena, "*%.*s", STR_ARG(c->title)) : c->title,
            c->required ? w->required : w->heading);
        put(w, page, EXAMPLE_ROW, i, c->example, w->example);
        write_choices(w, page, c, i);
    }
    set_up_page(page);
    worksheet_freeze_panes(page, HEADING_ROW + 1, 0);
}

/* Programs that do not fit heights by themselves would cut what is on further lines. */
static void write_help_line(struct writing *w, lxw_worksheet *page, lxw_row_t row,
                            const struct form_help_line *h)
{
    int headings = sheet_lines(h->headings, HELP_WIDTH), words = sheet_lines(h->words, HELP_WIDTH);
    note(w, worksheet_set_row(page, row, LINE_POINTS * (headings > words ? headings : words), NULL));
    put(w, page, row, 0, h->column, w->help);
    put(w, page, row, 1, h->need, w->help);
    put(w, page, row, 2, h->headings, w->help);
    put(w, page, row, 3, h->words, w->help);
}

static void write_help(struct writing *w, lxw_worksheet *page, const struct form_sheet *form)
{
    static const struct {
        const char *text;
        int width;
    } HEADS[] = {{"列", 20}, {"要求", 12}, {"也认得这些表头", HELP_WIDTH}, {"可以填写", HELP_WIDTH}};
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++) {
        note(w, worksheet_set_column(page, (lxw_col_t)i, (lxw_col_t)i, HEADS[i].width, NULL));
        put(w, page, 0, i, str_from(HEADS[i].text), w->heading);
    }
    for (size_t i = 0; i < form->help_count; i++)
        write_help_line(w, page, (lxw_row_t)i + 1, &form->help[i]);
    set_up_page(page);
    worksheet_freeze_panes(page, 1, 0);
}

enum status form_sheet_write(struct arena *a, struct fault *f, const char *path,
                             const struct form_sheet *form)
{
    struct writing w = {.arena = a};
    lxw_workbook_options options = {.tmpdir = dirname(arena_cstr(a, str_from(path)))};
    w.book = workbook_new_opt(path, &options);
    lxw_worksheet *page = workbook_add_worksheet(w.book, arena_cstr(a, form->name));
    lxw_worksheet *help = workbook_add_worksheet(w.book, arena_cstr(a, form->help_name));
    if (page && help) {
        make_formats(&w);
        write_form(&w, page, form);
        write_help(&w, help, form);
    }
    bool refused = !page || !help || w.error != LXW_NO_ERROR;
    note(&w, workbook_close(w.book)); /* which frees it whatever happens */
    if (refused) return fail_detail(f, ST_BROKEN, "libxlsxwriter: %s", lxw_strerror(w.error));
    if (w.error == LXW_NO_ERROR) return ST_OK;
    fail(f, ST_UNAVAILABLE, "表格没有写成，服务器磁盘可能已满，请稍后再试。");
    return fail_detail(f, ST_UNAVAILABLE, "libxlsxwriter: %s", lxw_strerror(w.error));
}
