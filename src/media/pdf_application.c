#include "media/pdf.h"

#include "media/canvas.h"

#include <math.h>

#define PAGE_WIDTH  595.28
#define PAGE_HEIGHT 841.89
#define SIDE        MM(20)
#define EDGE        MM(16)
#define WIDTH       (PAGE_WIDTH - 2 * SIDE)
#define RIGHT       (PAGE_WIDTH - SIDE)
#define BOTTOM      (PAGE_HEIGHT - EDGE - FOOT_HEIGHT)

#define TITLE_HEIGHT  48.0
#define FOOT_HEIGHT   20.0
#define ROW_HEIGHT    28.0
#define LABEL_WIDTH   78.0
#define PHOTO_ROWS    4 /* 25 × 35 mm with some air */
#define PHOTO_WIDTH   92.0
#define PADDING       6.0
#define MIN_SIZE      8.0
#define SMALL_SIZE    6.5 /* three lines of it stand in a row */
#define MIN_SIGNATURE 66.0
#define MAX_SIGNATURE 112.0
#define THIN          0.5
#define STRONG        1.0

static const struct type TITLE = {FACE_SERIF_BOLD, 21, ALIGN_CENTRE};
static const struct type LABEL = {FACE_SANS_BOLD, 10, ALIGN_CENTRE};
static const struct type VALUE = {FACE_SANS, 10.5, ALIGN_LEFT};
static const struct type PLEDGE = {FACE_SERIF, 10.5, ALIGN_LEFT};
static const struct type FOOT = {FACE_SANS, 8.5, ALIGN_LEFT};

/* The form as it grows down the paper. It is drawn twice: first to learn how many pages there are. */
struct sheet_of_paper {
    struct arena *arena;
    struct canvas *canvas;
    const struct pdf_application *form;
    double y, grid_top;
    int page, pages; /* pages: 0 while they are counted */
};

static void draw_foot(const struct sheet_of_paper *s)
{
    struct box box = {SIDE, PAGE_HEIGHT - EDGE - FOOT_HEIGHT + 6, WIDTH, FOOT_HEIGHT - 6};
    struct str day = day_str(s->arena, s->form->date), number = s->form->number;
    struct str text = number.n > 0
                          ? arena_fmt(s->arena, "编号：%.*s　　打印日期：%.*s", STR_ARG(number), STR_ARG(day))
                          : arena_fmt(s->arena, "打印日期：%.*s", STR_ARG(day));
    canvas_label(s->canvas, FOOT, box, text, MIN_SIZE, 1);
    canvas_label(s->canvas, (struct type){FACE_SANS, 8.5, ALIGN_RIGHT}, box,
                 arena_fmt(s->arena, "第 %d 页 / 共 %d 页", s->page, s->pages), MIN_SIZE, 1);
}

static void end_page(struct sheet_of_paper *s)
{
    if (s->y > s->grid_top)
        canvas_frame(s->canvas, (struct box){SIDE, s->grid_top, WIDTH, s->y - s->grid_top}, STRONG);
    draw_foot(s);
    canvas_next_page(s->canvas);
}

/* Goes to a new page unless so much fits on this one. */
static void need(struct sheet_of_paper *s, double height)
{
    if (s->y + height <= BOTTOM + 0.01) /* shares of the page add up to it but for rounding */
        return;
    end_page(s);
    s->page++;
    s->y = s->grid_top = EDGE;
}

/* In two lines; a name of fifty characters in three small ones, for it must stand whole. */
static void draw_value(struct sheet_of_paper *s, struct box box, struct str value)
{
    struct fitted fitted = canvas_fit(s->canvas, VALUE, box.width, value, MIN_SIZE, 2);
    if (fitted.cut)
        canvas_label(s->canvas, (struct type){VALUE.face, SMALL_SIZE, VALUE.align}, box, value, SMALL_SIZE,
                     3);
    else
        canvas_show(s->canvas, VALUE, box, value, fitted);
}

/* A label and its value side by side, with lines to the left of both and below. */
static void draw_field(struct sheet_of_paper *s, const struct pdf_field *field, double x, double width)
{
    struct box label = {x, s->y, LABEL_WIDTH, ROW_HEIGHT};
    canvas_fill(s->canvas, label, 0.955);
    canvas_label(s->canvas, LABEL, (struct box){x + 2, s->y, LABEL_WIDTH - 4, ROW_HEIGHT}, field->label,
                 MIN_SIZE, 2);
    draw_value(s,
               (struct box){x + LABEL_WIDTH + PADDING, s->y, width - LABEL_WIDTH - 2 * PADDING, ROW_HEIGHT},
               field->value);
    canvas_frame(s->canvas, label, THIN);
    canvas_frame(s->canvas, (struct box){x, s->y, width, ROW_HEIGHT}, THIN);
}

/* One line of the grid: a wide field, or two that are not. Returns how many it took. */
static size_t draw_grid_line(struct sheet_of_paper *s, size_t at, double width)
{
    const struct pdf_field *fields = s->form->fields;
    need(s, ROW_HEIGHT);
    bool alone = fields[at].wide || at + 1 == s->form->field_count || fields[at + 1].wide;
    draw_field(s, &fields[at], SIDE, alone ? width : width / 2);
    if (!alone) draw_field(s, &fields[at + 1], SIDE + width / 2, width / 2);
    s->y += ROW_HEIGHT;
    return alone ? 1 : 2;
}

static void draw_photo(struct sheet_of_paper *s)
{
    struct box frame = {RIGHT - PHOTO_WIDTH, s->y, PHOTO_WIDTH, PHOTO_ROWS * ROW_HEIGHT};
    canvas_frame(s->canvas, frame, THIN);
    if (s->form->photo.n == 0) {
        canvas_label(s->canvas, LABEL, frame, STR("照片"), MIN_SIZE, 1);
        return;
    }
    canvas_jpeg(s->canvas, (struct box){frame.x + 5, frame.y + 5, frame.width - 10, frame.height - 10},
                s->form->photo);
}

static void draw_grid(struct sheet_of_paper *s)
{
    int beside = s->form->plain ? 0 : PHOTO_ROWS;
    if (beside) draw_photo(s);
    double below_photo = s->y + beside * ROW_HEIGHT;
    size_t at = 0;
    for (int line = 0; at < s->form->field_count; line++)
        at += draw_grid_line(s, at, line < beside ? WIDTH - PHOTO_WIDTH : WIDTH);
    if (s->page == 1) s->y = fmax(s->y, below_photo);
}

static double pledge_height(struct sheet_of_paper *s, bool draw)
{
    struct box box = {SIDE + LABEL_WIDTH + PADDING, s->y + PADDING, WIDTH - LABEL_WIDTH - 2 * PADDING, 0};
    for (size_t i = 0; i < s->form->pledge_count; i++)
        box.y += canvas_paragraph(s->canvas, PLEDGE, box, 2 * PLEDGE.size_pt, s->form->pledge[i], draw);
    return box.y + PADDING - s->y;
}

static void draw_pledge(struct sheet_of_paper *s)
{
    if (s->form->pledge_count == 0) return;
    double height = pledge_height(s, false);
    need(s, height);
    struct box label = {SIDE, s->y, LABEL_WIDTH, height};
    canvas_fill(s->canvas, label, 0.955);
    canvas_frame(s->canvas, label, THIN);
    canvas_label(s->canvas, LABEL, (struct box){SIDE + 4, s->y, LABEL_WIDTH - 8, height},
                 s->form->pledge_title, MIN_SIZE, 3);
    pledge_height(s, true);
    s->y += height;
    canvas_line(s->canvas, SIDE, s->y, RIGHT, s->y, THIN);
}

static void draw_signature(struct sheet_of_paper *s, const struct pdf_signature *signature, double height)
{
    need(s, height);
    struct box label = {SIDE, s->y, LABEL_WIDTH, height};
    canvas_fill(s->canvas, label, 0.955);
    canvas_frame(s->canvas, label, THIN);
    canvas_frame(s->canvas, (struct box){SIDE, s->y, WIDTH, height}, THIN);
    canvas_label(s->canvas, LABEL, (struct box){SIDE + 4, s->y, LABEL_WIDTH - 8, height}, signature->title,
                 MIN_SIZE, 3);
    struct box line = {SIDE + LABEL_WIDTH + PADDING, s->y + height - 26, WIDTH - LABEL_WIDTH - 2 * PADDING,
                       20};
    struct str text = arena_fmt(s->arena, "%.*s：", STR_ARG(signature->by));
    canvas_label(s->canvas, VALUE, (struct box){line.x + line.width * 0.36, line.y, 150, 20}, text, MIN_SIZE,
                 1);
    canvas_label(s->canvas, (struct type){FACE_SANS, 10.5, ALIGN_RIGHT}, line, STR("年　　　月　　　日"),
                 MIN_SIZE, 1);
    s->y += height;
}

/* They share what is left of the page, so that there is as much room for seals as the paper gives. */
static void draw_signatures(struct sheet_of_paper *s)
{
    size_t n = s->form->signature_count;
    if (n == 0) return;
    double share = (BOTTOM - s->y) / (double)n;
    double height = fmin(MAX_SIGNATURE, share < MIN_SIGNATURE ? MAX_SIGNATURE : share);
    for (size_t i = 0; i < n; i++)
        draw_signature(s, &s->form->signatures[i], height);
}

/* Returns the number of pages. */
static int draw_form(struct arena *a, struct canvas *c, const struct pdf_application *form, int pages)
{
    struct sheet_of_paper s = {.arena = a, .canvas = c, .form = form, .page = 1, .pages = pages};
    canvas_label(c, TITLE, (struct box){SIDE, EDGE, WIDTH, TITLE_HEIGHT - 8}, form->title, MIN_SIZE, 1);
    s.y = s.grid_top = EDGE + TITLE_HEIGHT;
    draw_grid(&s);
    draw_pledge(&s);
    draw_signatures(&s);
    end_page(&s);
    return s.page;
}

enum status pdf_application(struct arena *a, struct fault *f, const struct pdf_application *form,
                            struct bytes *ret)
{
    struct arena *scratch = arena_new();
    int pages =
        draw_form(scratch, canvas_new(scratch, PAGE_WIDTH, PAGE_HEIGHT, form->title, form->date), form, 0);
    arena_free(scratch);
    struct canvas *c = canvas_new(a, PAGE_WIDTH, PAGE_HEIGHT, form->title, form->date);
    draw_form(a, c, form, pages);
    return canvas_finish(c, f, ret);
}
