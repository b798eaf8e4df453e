#include "media/captcha.h"

#include "base/random.h"
#include "media/png.h"

#include <math.h>
#include <string.h>

#define SIZE_PX 32

/* Left out: 0 O D Q, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V. */
static const char letters[] = "ACEFHJKMNPRTWXY34679";
#define LETTERS (sizeof letters - 1)

void captcha_text(char ret[CAPTCHA_LENGTH + 1])
{
    size_t n = 0;
    while (n < CAPTCHA_LENGTH) {
        uint8_t byte;
        random_bytes(&byte, 1);
        if (byte < 256 / LETTERS * LETTERS) /* else the first letters would come more often */
            ret[n++] = letters[byte % LETTERS];
    }
    ret[n] = '\0';
}

/* A number in [from, to). */
static double between(struct seed *s, double from, double to)
{
    return from + (to - from) * seed_next(s, 1000) / 1000;
}

/* Inks on a paper of #f4f6f8, where each has a contrast of at least 6 : 1. */
static void choose_ink(cairo_t *cr, struct seed *s)
{
    static const double inks[][3] = {
        {0.10, 0.22, 0.45}, {0.42, 0.12, 0.16}, {0.08, 0.32, 0.24}, {0.30, 0.16, 0.42}, {0.20, 0.20, 0.22}};
    const double *ink = inks[seed_next(s, sizeof inks / sizeof *inks)];
    cairo_set_source_rgb(cr, ink[0], ink[1], ink[2]);
}

static void add_letter(cairo_t *cr, struct seed *s, char letter, double centre_x)
{
    const char text[] = {letter, '\0'};
    cairo_text_extents_t e;
    cairo_text_extents(cr, text, &e);
    cairo_save(cr);
    cairo_translate(cr, centre_x + between(s, -2, 2), CAPTCHA_HEIGHT_PX / 2.0 + between(s, -3, 3));
    cairo_rotate(cr, between(s, -0.28, 0.28));
    cairo_move_to(cr, -e.x_bearing - e.width / 2, -e.y_bearing - e.height / 2);
    cairo_text_path(cr, text);
    cairo_restore(cr);
}

/* Bends the outlines by two sine waves. */
static void add_waved(cairo_t *cr, struct seed *s, const cairo_path_t *path)
{
    double phase_x = between(s, 0, 6.28), phase_y = between(s, 0, 6.28);
    double points[2] = {0};
    cairo_new_path(cr);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *d = &path->data[i];
        if (d->header.type != CAIRO_PATH_CLOSE_PATH) {
            points[0] = d[1].point.x + 1.6 * sin(d[1].point.y / 7 + phase_x);
            points[1] = d[1].point.y + 2.0 * sin(d[1].point.x / 15 + phase_y);
        }
        if (d->header.type == CAIRO_PATH_MOVE_TO)
            cairo_move_to(cr, points[0], points[1]);
        else if (d->header.type == CAIRO_PATH_LINE_TO)
            cairo_line_to(cr, points[0], points[1]);
        else
            cairo_close_path(cr);
    }
}

static void draw_lines(cairo_t *cr, struct seed *s, int n, double width)
{
    cairo_set_line_width(cr, width);
    for (int i = 0; i < n; i++) {
        choose_ink(cr, s);
        double y = between(s, 8, CAPTCHA_HEIGHT_PX - 8);
        cairo_move_to(cr, 0, y);
        cairo_curve_to(cr, 40, y + between(s, -18, 18), 80, y + between(s, -18, 18), CAPTCHA_WIDTH_PX,
                       between(s, 8, CAPTCHA_HEIGHT_PX - 8));
        cairo_stroke(cr);
    }
}

static void draw_dots(cairo_t *cr, struct seed *s, int n)
{
    for (int i = 0; i < n; i++) {
        choose_ink(cr, s);
        cairo_arc(cr, between(s, 0, CAPTCHA_WIDTH_PX), between(s, 0, CAPTCHA_HEIGHT_PX), 0.8, 0, 6.29);
        cairo_fill(cr);
    }
}

static void draw_text(cairo_t *cr, struct seed *s, struct str text)
{
    cairo_select_font_face(cr, "Noto Sans CJK SC", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size(cr, SIZE_PX);
    double step = (CAPTCHA_WIDTH_PX - 12.0) / CAPTCHA_LENGTH;
    for (size_t i = 0; i < CAPTCHA_LENGTH && i < text.n; i++) {
        cairo_new_path(cr);
        add_letter(cr, s, text.p[i], 6 + step * ((double)i + 0.5));
        cairo_path_t *path = cairo_copy_path_flat(cr);
        add_waved(cr, s, path);
        cairo_path_destroy(path);
        choose_ink(cr, s);
        cairo_fill(cr);
    }
}

struct bytes captcha_png(struct arena *a, struct str text)
{
    struct seed s;
    random_bytes(&s.state, sizeof s.state);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, CAPTCHA_WIDTH_PX, CAPTCHA_HEIGHT_PX);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 0xf4 / 255.0, 0xf6 / 255.0, 0xf8 / 255.0);
    cairo_paint(cr);
    draw_dots(cr, &s, 40);
    draw_text(cr, &s, text);
    draw_lines(cr, &s, 2, 1.2);
    cairo_destroy(cr);
    struct bytes png = png_of(a, surface);
    cairo_surface_destroy(surface);
    return png;
}
