#include "media/canvas.h"

#include "base/limits.h"
#include "media/clean.h"
#include "media/font.h"
#include "media/jpeg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define MAX_TEXT_CHARS 20000
#define SIZE_STEP_PT   0.5
/* Noto CJK asks for 1.45 em a line: too airy for a table, too tight for a letter. */
#define TABLE_SPACING  0.84F
#define LETTER_SPACING 1.12F

struct canvas {
    struct arena *arena;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoLayout *layout;
    PangoFontDescription *fonts[FACES];
    struct buf out, text;
};

static cairo_status_t keep(void *to, const unsigned char *p, unsigned n)
{
    struct buf *b = to;
    buf_add(b, p, n);
    return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* A letter holds a password: its bytes do not stay behind in freed memory. */
static void wipe(struct buf *b)
{
    if (b->p) explicit_bzero(b->p, b->cap);
    buf_free(b);
}

static void drop(void *what)
{
    struct canvas *c = what;
    g_object_unref(c->layout);
    for (int i = 0; i < FACES; i++)
        pango_font_description_free(c->fonts[i]);
    cairo_destroy(c->cr);
    cairo_surface_destroy(c->surface);
    wipe(&c->out);
    wipe(&c->text);
}

static void load_fonts(struct canvas *c)
{
    static const struct {
        const char *family;
        PangoWeight weight;
    } faces[FACES] = {
        [FACE_SANS] = {FONT_SANS, PANGO_WEIGHT_NORMAL},
        [FACE_SANS_BOLD] = {FONT_SANS, PANGO_WEIGHT_BOLD},
        [FACE_SERIF] = {FONT_SERIF, PANGO_WEIGHT_NORMAL},
        [FACE_SERIF_BOLD] = {FONT_SERIF, PANGO_WEIGHT_BOLD},
        [FACE_MONO_BOLD] = {FONT_MONO, PANGO_WEIGHT_BOLD},
    };
    for (int i = 0; i < FACES; i++) {
        c->fonts[i] = pango_font_description_new();
        pango_font_description_set_family_static(c->fonts[i], faces[i].family);
        pango_font_description_set_weight(c->fonts[i], faces[i].weight);
    }
}

/* Where a word must be broken nothing is added: a hyphen would belong to the name or the number. */
static void forbid_hyphens(PangoLayout *layout)
{
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

/* Measures for paper and not for a screen: no rounding of widths to pixels, one unit is a point. */
static PangoLayout *layout_for_paper(cairo_t *cr)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoContext *context = pango_layout_get_context(layout);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    pango_layout_context_changed(layout);
    forbid_hyphens(layout);
    return layout;
}

struct canvas *canvas_new(struct arena *a, double width_pt, double height_pt, struct str title,
                          struct day made_on)
{
    struct canvas *c = ARENA_NEW(a, struct canvas);
    c->arena = a;
    buf_init(&c->out, 64u << 10, LIMIT_FILE_BYTES);
    buf_init(&c->text, 256, 4 * MAX_TEXT_CHARS + 1);
    c->surface = cairo_pdf_surface_create_for_stream(keep, &c->out, width_pt, height_pt);
    c->cr = cairo_create(c->surface);
    c->layout = layout_for_paper(c->cr);
    load_fonts(c);
    arena_defer(a, drop, c);
    cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_TITLE,
                                   clean_text(&c->text, title, MAX_TEXT_CHARS).p);
    cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_CREATOR, "huiyuan");
    cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_CREATE_DATE, day_str(a, made_on).p);
    return c;
}

void canvas_next_page(struct canvas *c)
{
    cairo_show_page(c->cr);
}

enum status canvas_finish(struct canvas *c, struct fault *f, struct bytes *ret)
{
    cairo_surface_finish(c->surface);
    if (c->out.full) return fail(f, ST_TOO_LARGE, "文件太大，请分几次打印。");
    cairo_status_t status = cairo_surface_status(c->surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_status(c->cr);
    if (status != CAIRO_STATUS_SUCCESS)
        return fail_detail(f, ST_BROKEN, "cairo: %s", cairo_status_to_string(status));
    *ret = arena_bytes(c->arena, str_bytes(buf_text(&c->out)));
    return ST_OK;
}

static void set_type(struct canvas *c, struct type t, double size_pt)
{
    static const PangoAlignment aligns[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
    pango_font_description_set_absolute_size(c->fonts[t.face], size_pt * PANGO_SCALE);
    pango_layout_set_font_description(c->layout, c->fonts[t.face]);
    pango_layout_set_alignment(c->layout, aligns[t.align]);
}

static void set_text(struct canvas *c, struct str text)
{
    struct str clean = clean_text(&c->text, text, MAX_TEXT_CHARS);
    pango_layout_set_text(c->layout, clean.p, (int)clean.n);
}

/* Up to max_lines lines, then … . A single line is never broken. */
static void set_lines(struct canvas *c, double width, int max_lines)
{
    pango_layout_set_indent(c->layout, 0);
    pango_layout_set_line_spacing(c->layout, TABLE_SPACING);
    pango_layout_set_width(c->layout, (int)(width * PANGO_SCALE));
    pango_layout_set_height(c->layout, -max_lines);
    pango_layout_set_ellipsize(c->layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_wrap(c->layout, PANGO_WRAP_WORD_CHAR);
}

static double layout_height(struct canvas *c)
{
    PangoRectangle logical;
    pango_layout_get_extents(c->layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

struct fitted canvas_fit(struct canvas *c, struct type t, double width, struct str text, double min_size_pt,
                         int max_lines)
{
    set_text(c, text);
    set_lines(c, width, max_lines);
    double size = t.size_pt;
    set_type(c, t, size);
    while (pango_layout_is_ellipsized(c->layout) && size > min_size_pt) {
        size = fmax(min_size_pt, size - SIZE_STEP_PT);
        set_type(c, t, size);
    }
    return (struct fitted){size, layout_height(c), max_lines, pango_layout_is_ellipsized(c->layout)};
}

static void show_at(struct canvas *c, double x, double y)
{
    cairo_move_to(c->cr, x, y);
    pango_cairo_show_layout(c->cr, c->layout);
}

void canvas_show(struct canvas *c, struct type t, struct box box, struct str text, struct fitted fitted)
{
    if (text.n == 0) return;
    set_text(c, text);
    set_lines(c, box.width, fitted.max_lines);
    set_type(c, t, fitted.size_pt);
    show_at(c, box.x, box.y + (box.height - fitted.height) / 2);
}

void canvas_label(struct canvas *c, struct type t, struct box box, struct str text, double min_size_pt,
                  int max_lines)
{
    canvas_show(c, t, box, text, canvas_fit(c, t, box.width, text, min_size_pt, max_lines));
}

double canvas_paragraph(struct canvas *c, struct type t, struct box box, double first_line_pt,
                        struct str text, bool draw)
{
    set_text(c, text);
    pango_layout_set_indent(c->layout, (int)(first_line_pt * PANGO_SCALE));
    pango_layout_set_line_spacing(c->layout, LETTER_SPACING);
    pango_layout_set_width(c->layout, (int)(box.width * PANGO_SCALE));
    pango_layout_set_height(c->layout, INT16_MIN); /* lines of a paragraph: no limit that matters */
    pango_layout_set_ellipsize(c->layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_wrap(c->layout, PANGO_WRAP_WORD_CHAR);
    set_type(c, t, t.size_pt);
    if (draw) show_at(c, box.x, box.y);
    return layout_height(c);
}

double canvas_width(struct canvas *c, struct type t, struct str text)
{
    set_text(c, text);
    pango_layout_set_indent(c->layout, 0);
    pango_layout_set_width(c->layout, -1);
    pango_layout_set_ellipsize(c->layout, PANGO_ELLIPSIZE_NONE);
    set_type(c, t, t.size_pt);
    PangoRectangle logical;
    pango_layout_get_extents(c->layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

void canvas_line(struct canvas *c, double x1, double y1, double x2, double y2, double width)
{
    cairo_set_line_width(c->cr, width);
    cairo_move_to(c->cr, x1, y1);
    cairo_line_to(c->cr, x2, y2);
    cairo_stroke(c->cr);
}

void canvas_frame(struct canvas *c, struct box box, double line_width)
{
    cairo_set_line_width(c->cr, line_width);
    cairo_rectangle(c->cr, box.x, box.y, box.width, box.height);
    cairo_stroke(c->cr);
}

void canvas_dashed_frame(struct canvas *c, struct box box)
{
    cairo_save(c->cr);
    cairo_set_dash(c->cr, (const double[]){3, 3}, 2, 0);
    cairo_set_source_rgb(c->cr, 0.6, 0.6, 0.6);
    canvas_frame(c, box, 0.5);
    cairo_restore(c->cr);
}

void canvas_fill(struct canvas *c, struct box box, double grey)
{
    cairo_save(c->cr);
    cairo_set_source_rgb(c->cr, grey, grey, grey);
    cairo_rectangle(c->cr, box.x, box.y, box.width, box.height);
    cairo_fill(c->cr);
    cairo_restore(c->cr);
}

/* Runs of dark modules become one rectangle: fewer seams where a printer would leave hairlines. */
void canvas_qr(struct canvas *c, struct box box, struct qr qr)
{
    double module = fmin(box.width, box.height) / qr.side;
    for (int y = 0; y < qr.side; y++) {
        const uint8_t *row = qr.dark + y * qr.side;
        for (int x = 0; x < qr.side; x++) {
            int from = x;
            while (x < qr.side && row[x])
                x++;
            if (x > from)
                cairo_rectangle(c->cr, box.x + from * module, box.y + y * module, (x - from) * module,
                                module);
        }
    }
    cairo_fill(c->cr);
}

void canvas_jpeg(struct canvas *c, struct box box, struct bytes jpeg)
{
    struct jpeg_limits limits = {.max_pixels = 4000 * 4000};
    struct jpeg_picture p;
    if (jpeg_read(c->arena, jpeg, &limits, &p) != JPEG_FINE) return;
    unsigned char *copy = malloc(jpeg.n);
    if (!copy) abort();
    memcpy(copy, jpeg.p, jpeg.n);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p.width, p.height);
    cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, copy, jpeg.n, free, copy);
    double scale = fmin(box.width / p.width, box.height / p.height);
    cairo_save(c->cr);
    cairo_translate(c->cr, box.x + (box.width - p.width * scale) / 2,
                    box.y + (box.height - p.height * scale) / 2);
    cairo_scale(c->cr, scale, scale);
    cairo_set_source_surface(c->cr, surface, 0, 0);
    cairo_paint(c->cr);
    cairo_restore(c->cr);
    cairo_surface_destroy(surface);
}
