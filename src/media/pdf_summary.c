#include "media/pdf.h"

#include "media/canvas.h"
#include "media/paginate.h"

#include <math.h>

#define PAGE_WIDTH  841.89
#define PAGE_HEIGHT 595.28
#define SIDE        MM(12)
#define EDGE        MM(10)
#define WIDTH       (PAGE_WIDTH - 2 * SIDE)
#define RIGHT       (PAGE_WIDTH - SIDE)

#define QR_SIDE         MM(20)
#define TITLE_HEIGHT    30.0
#define HEAD_LINE       17.0
#define HEAD_PER_LINE   3
#define HEAD_GAP        4.0
#define REPEATED_TITLE  20.0 /* the small title of pages after the first */
#define HEADER_HEIGHT   24.0
#define FOOT_HEIGHT     16.0
#define CELL_PADDING_X  2.5
#define CELL_PADDING_Y  2.2
#define MIN_ROW_HEIGHT  18.0
#define MIN_SIZE        8.0 /* design.md 17 */
#define MAX_CELL_LINES  2
#define MAX_GROWN_LINES 28   /* a row so high stands on a page with the closing block */
#define MAX_WHOLE_SHARE 0.75 /* of the width, for columns that are never broken */

#define SEAL_SIDE      MM(52) /* at least 50 mm clear */
#define TOTALS_HEIGHT  26.0
#define CLOSING_GAP    4.0
#define CLOSING_HEIGHT (TOTALS_HEIGHT + CLOSING_GAP + SEAL_SIDE)

#define THIN   0.5
#define STRONG 0.9

static const struct type TITLE = {FACE_SERIF_BOLD, 17, ALIGN_CENTRE};
static const struct type SMALL_TITLE = {FACE_SERIF_BOLD, 11, ALIGN_CENTRE};
static const struct type PREVIEW = {FACE_SANS_BOLD, 20, ALIGN_CENTRE};
static const struct type LABELLED = {FACE_SANS, 9.5, ALIGN_LEFT};
static const struct type HEADER = {FACE_SANS_BOLD, 9.5, ALIGN_CENTRE};
static const struct type CELL = {FACE_SANS, 9.5, ALIGN_LEFT};
static const struct type TOTAL = {FACE_SANS_BOLD, 10.5, ALIGN_LEFT};
static const struct type SIGN = {FACE_SANS, 11, ALIGN_LEFT};
static const struct type FOOT = {FACE_SANS, 8.5, ALIGN_LEFT};

/* One batch while it is laid out. */
struct table {
    struct arena *arena;
    struct canvas *canvas;
    const struct pdf_batch *batch;
    double *widths;       /* of the columns; together WIDTH */
    struct fitted *cells; /* row by row, as in the batch */
    double *heights;      /* of the rows */
    struct box *head;     /* where the pairs above the table stand */
    double top;           /* of the first page's table */
};

static struct str cell_at(const struct table *t, size_t row, size_t column)
{
    return t->batch->cells[row * t->batch->column_count + column];
}

static struct type cell_type(const struct pdf_column *column)
{
    struct type type = CELL;
    type.align = column->centred ? ALIGN_CENTRE : ALIGN_LEFT;
    return type;
}

/* What a column needs so that its longest cell and its title stand on one line. Longest by bytes: the cells
 * of such columns are digits. */
static double whole_width(const struct table *t, size_t column)
{
    struct str longest = STR_NONE;
    for (size_t row = 0; row < t->batch->row_count; row++) {
        struct str cell = cell_at(t, row, column);
        longest = cell.n > longest.n ? cell : longest;
    }
    return fmax(canvas_width(t->canvas, CELL, longest),
                canvas_width(t->canvas, HEADER, t->batch->columns[column].title)) +
           2 * CELL_PADDING_X + 1;
}

static void set_widths(struct table *t)
{
    const struct pdf_batch *b = t->batch;
    double whole = 0, weights = 0;
    t->widths = ARENA_ARRAY(t->arena, b->column_count, double);
    for (size_t i = 0; i < b->column_count; i++) {
        if (b->columns[i].whole)
            whole += t->widths[i] = whole_width(t, i);
        else
            weights += b->columns[i].weight;
    }
    double room = weights > 0 ? fmin(whole, WIDTH * MAX_WHOLE_SHARE) : WIDTH;
    for (size_t i = 0; i < b->column_count; i++) {
        if (b->columns[i].whole)
            t->widths[i] *= room / whole;
        else
            t->widths[i] = (WIDTH - room) * b->columns[i].weight / weights;
    }
}

/* Shrunk onto two lines; what is longer still takes more of the smallest, and the row grows: nothing that is
 * stamped is cut, least of all a name, which the 核验码 covers. */
static struct fitted fit_cell(const struct table *t, size_t row, size_t column)
{
    const struct pdf_column *of = &t->batch->columns[column];
    struct type type = cell_type(of);
    double width = t->widths[column] - 2 * CELL_PADDING_X;
    struct str text = cell_at(t, row, column);
    struct fitted fitted = canvas_fit(t->canvas, type, width, text, MIN_SIZE, of->whole ? 1 : MAX_CELL_LINES);
    if (!fitted.cut || of->whole) return fitted;
    type.size_pt = MIN_SIZE;
    return canvas_fit(t->canvas, type, width, text, MIN_SIZE, MAX_GROWN_LINES);
}

static void fit_rows(struct table *t)
{
    const struct pdf_batch *b = t->batch;
    t->cells = ARENA_ARRAY(t->arena, b->row_count * b->column_count, struct fitted);
    t->heights = ARENA_ARRAY(t->arena, b->row_count, double);
    for (size_t row = 0; row < b->row_count; row++) {
        double height = MIN_ROW_HEIGHT;
        for (size_t i = 0; i < b->column_count; i++) {
            struct fitted *cell = &t->cells[row * b->column_count + i];
            if (cell_at(t, row, i).n == 0) continue;
            *cell = fit_cell(t, row, i);
            height = fmax(height, cell->height + 2 * CELL_PADDING_Y);
        }
        t->heights[row] = height;
    }
}

static struct str pair_text(const struct table *t, struct pdf_pair pair)
{
    return arena_fmt(t->arena, "%.*s：%.*s", STR_ARG(pair.label), STR_ARG(pair.value));
}

/* Three to a line. One that would be cut in its third has a line of its own: a name that is to be stamped
 * stands whole. Returns how many lines. */
static size_t place_head(struct table *t, double width)
{
    const struct pdf_batch *b = t->batch;
    double third = width / HEAD_PER_LINE;
    size_t line = 0, column = 0;
    t->head = ARENA_ARRAY(t->arena, b->head_count, struct box);
    for (size_t i = 0; i < b->head_count; i++) {
        struct str text = pair_text(t, b->head[i]);
        bool alone = canvas_fit(t->canvas, LABELLED, third - HEAD_GAP, text, MIN_SIZE, 1).cut;
        if (column == HEAD_PER_LINE || (alone && column > 0)) {
            line++;
            column = 0;
        }
        t->head[i] =
            (struct box){SIDE + third * (double)column, EDGE + TITLE_HEIGHT + HEAD_LINE * (double)line,
                         (alone ? width : third) - HEAD_GAP, HEAD_LINE};
        column = alone ? HEAD_PER_LINE : column + 1;
    }
    return line + (column > 0);
}

/* What stands in the upper right corner: a print's QR code, or the word that it is none. */
static bool has_corner(const struct pdf_batch *b)
{
    return b->qr.n > 0 || b->preview;
}

static double width_beside_code(const struct pdf_batch *b)
{
    return has_corner(b) ? QR_SIDE + MM(4) : 0;
}

static enum status draw_corner(struct table *t, struct fault *f)
{
    const struct pdf_batch *b = t->batch;
    struct box corner = {RIGHT - QR_SIDE, EDGE, QR_SIDE, QR_SIDE};
    struct qr qr;
    if (b->preview) {
        canvas_frame(t->canvas, corner, STRONG);
        canvas_label(t->canvas, PREVIEW, corner, STR("预览"), MIN_SIZE, 1);
    } else if (b->qr.n > 0) {
        TRY(qr_encode(t->arena, f, b->qr, &qr));
        canvas_qr(t->canvas, corner, qr);
    }
    return ST_OK;
}

/* Title, QR code and the lines above the table. */
static enum status draw_head(struct table *t, struct fault *f)
{
    const struct pdf_batch *b = t->batch;
    double beside_code = width_beside_code(b);
    TRY(draw_corner(t, f));
    canvas_label(t->canvas, TITLE,
                 (struct box){SIDE + beside_code, EDGE, WIDTH - 2 * beside_code, TITLE_HEIGHT}, b->title,
                 MIN_SIZE, 1);
    for (size_t i = 0; i < b->head_count; i++)
        canvas_label(t->canvas, LABELLED, t->head[i], pair_text(t, b->head[i]), MIN_SIZE, 1);
    return ST_OK;
}

static void set_head(struct table *t)
{
    double lines = (double)place_head(t, WIDTH - width_beside_code(t->batch));
    double height = TITLE_HEIGHT + lines * HEAD_LINE + 4;
    t->top = EDGE + (has_corner(t->batch) ? fmax(height, QR_SIDE + 5) : height);
}

static void draw_header(const struct table *t, double y)
{
    canvas_fill(t->canvas, (struct box){SIDE, y, WIDTH, HEADER_HEIGHT}, 0.92);
    double x = SIDE;
    for (size_t i = 0; i < t->batch->column_count; i++) {
        struct box box = {x + 1, y, t->widths[i] - 2, HEADER_HEIGHT};
        canvas_label(t->canvas, HEADER, box, t->batch->columns[i].title, MIN_SIZE, 2);
        x += t->widths[i];
    }
}

static void draw_row(const struct table *t, size_t row, double y)
{
    double x = SIDE;
    for (size_t i = 0; i < t->batch->column_count; i++) {
        struct box box = {x + CELL_PADDING_X, y, t->widths[i] - 2 * CELL_PADDING_X, t->heights[row]};
        canvas_show(t->canvas, cell_type(&t->batch->columns[i]), box, cell_at(t, row, i),
                    t->cells[row * t->batch->column_count + i]);
        x += t->widths[i];
    }
}

static void draw_grid(const struct table *t, double top, double bottom)
{
    double x = SIDE;
    for (size_t i = 0; i + 1 < t->batch->column_count; i++) {
        x += t->widths[i];
        canvas_line(t->canvas, x, top, x, bottom, THIN);
    }
    canvas_frame(t->canvas, (struct box){SIDE, top, WIDTH, bottom - top}, STRONG);
}

/* Header and the rows of a page; returns where they end. */
static double draw_rows(const struct table *t, const struct page_span *span, double top)
{
    draw_header(t, top);
    double y = top + HEADER_HEIGHT;
    for (size_t row = span->first; row < span->first + span->count; row++) {
        canvas_line(t->canvas, SIDE, y, RIGHT, y, THIN);
        draw_row(t, row, y);
        y += t->heights[row];
    }
    draw_grid(t, top, y);
    return y;
}

static void draw_totals(const struct table *t, double y)
{
    double x = SIDE + CELL_PADDING_X;
    for (size_t i = 0; i < t->batch->total_count; i++) {
        struct pdf_pair total = t->batch->totals[i];
        struct str text = pair_text(t, total);
        double width = canvas_width(t->canvas, TOTAL, text) + 1;
        canvas_label(t->canvas, TOTAL, (struct box){x, y, width, TOTALS_HEIGHT}, text, MIN_SIZE, 1);
        x += width + MM(12);
    }
}

/* A label, and what is known or a line to write on. */
static void draw_sign(const struct table *t, double x, double y, double width, struct str label,
                      struct str value)
{
    double label_width = canvas_width(t->canvas, SIGN, label) + 2;
    canvas_label(t->canvas, SIGN, (struct box){x, y, label_width, 20}, label, MIN_SIZE, 1);
    struct box rest = {x + label_width, y, width - label_width, 20};
    canvas_label(t->canvas, SIGN, rest, value, MIN_SIZE, 1);
    canvas_line(t->canvas, rest.x, y + 18, x + width, y + 18, THIN);
}

/* Who signs, the date and where to send it on the left; on the right a square that stays clear for the seal.
 */
static void draw_signing(const struct table *t, double y)
{
    const struct pdf_batch *b = t->batch;
    struct box seal = {RIGHT - SEAL_SIDE, y, SEAL_SIDE, SEAL_SIDE};
    canvas_dashed_frame(t->canvas, seal);
    double label_width = MM(28), column = (WIDTH - SEAL_SIDE - label_width - MM(10)) / 2,
           second = SIDE + column + MM(10);
    canvas_label(t->canvas, (struct type){FACE_SANS, 11, ALIGN_RIGHT},
                 (struct box){seal.x - label_width - 6, y + SEAL_SIDE / 2 - 10, label_width, 20},
                 STR("单位（盖章）："), MIN_SIZE, 1);
    draw_sign(t, SIDE, y + 8, column - MM(4), STR("填报人："), b->filled_by);
    draw_sign(t, second, y + 8, column - MM(4), STR("联系电话："), b->phone);
    draw_sign(t, SIDE, y + 48, column - MM(4), STR("单位负责人（签字）："), STR_NONE);
    canvas_label(t->canvas, SIGN, (struct box){second, y + 48, column, 20},
                 STR("日期：　　　　年　　　月　　　日"), MIN_SIZE, 1);
    canvas_paragraph(t->canvas, LABELLED, (struct box){SIDE, y + 92, 2 * column, 0}, 0, b->note, true);
}

static void draw_foot(const struct table *t, size_t page, size_t pages)
{
    const struct pdf_batch *b = t->batch;
    struct box box = {SIDE, PAGE_HEIGHT - EDGE - FOOT_HEIGHT + 4, WIDTH, FOOT_HEIGHT - 4};
    if (b->number.n)
        canvas_label(t->canvas, FOOT, box,
                     arena_fmt(t->arena, "%s批次号：%.*s　　核验码：%.*s",
                               b->preview ? "预览，不能盖章上交　　" : "", STR_ARG(b->number),
                               STR_ARG(b->check_code)),
                     MIN_SIZE, 1);
    canvas_label(t->canvas, (struct type){FACE_SANS, 8.5, ALIGN_RIGHT}, box,
                 arena_fmt(t->arena, "第 %zu 页 / 共 %zu 页", page, pages), MIN_SIZE, 1);
}

static enum status draw_page(struct table *t, struct fault *f, const struct page_spans *spans, size_t at)
{
    double top = t->top;
    if (at == 0) {
        TRY(draw_head(t, f));
    } else {
        top = EDGE + REPEATED_TITLE;
        canvas_label(t->canvas, SMALL_TITLE, (struct box){SIDE, EDGE, WIDTH, REPEATED_TITLE},
                     arena_fmt(t->arena, "%.*s（续）", STR_ARG(t->batch->title)), MIN_SIZE, 1);
    }
    double y = draw_rows(t, &spans->p[at], top);
    if (spans->p[at].closing) {
        draw_totals(t, y);
        draw_signing(t, y + TOTALS_HEIGHT + CLOSING_GAP);
    }
    draw_foot(t, at + 1, spans->n);
    canvas_next_page(t->canvas);
    return ST_OK;
}

static enum status draw_batch(struct canvas *c, struct arena *a, struct fault *f, const struct pdf_batch *b)
{
    struct table t = {.arena = a, .canvas = c, .batch = b};
    set_head(&t);
    set_widths(&t);
    fit_rows(&t);
    double bottom = PAGE_HEIGHT - EDGE - FOOT_HEIGHT;
    struct page_room room = {
        .first = bottom - t.top - HEADER_HEIGHT,
        .next = bottom - EDGE - REPEATED_TITLE - HEADER_HEIGHT,
        .closing = CLOSING_HEIGHT,
    };
    struct page_spans spans = paginate(a, t.heights, b->row_count, &room);
    for (size_t i = 0; i < spans.n; i++)
        TRY(draw_page(&t, f, &spans, i));
    return ST_OK;
}

enum status pdf_summary(struct arena *a, struct fault *f, struct day made_on, const struct pdf_batch *batches,
                        size_t batch_count, struct bytes *ret)
{
    struct str title = batch_count > 0 ? batches[0].title : STR_NONE;
    struct canvas *c = canvas_new(a, PAGE_WIDTH, PAGE_HEIGHT, title, made_on);
    for (size_t i = 0; i < batch_count; i++)
        TRY(draw_batch(c, a, f, &batches[i]));
    return canvas_finish(c, f, ret);
}
