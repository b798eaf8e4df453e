#include "media/captcha.h"

#include "media/png.h"

#include <math.h>
#include <string.h>

#define BLOBS 3
#define LINES 2

/* Left out: 0 O D Q, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V. */
const char captcha_letters[] = "ACEFHJKMNPRTWXY34679";
#define LETTERS (sizeof captcha_letters - 1)

const struct captcha_face captcha_faces[] = {
    {"Noto Sans CJK SC", true}, {"Noto Serif CJK SC", true}, {"Noto Sans Mono CJK SC", true}};
const size_t captcha_faces_n = sizeof captcha_faces / sizeof *captcha_faces;

void captcha_text(char ret[CAPTCHA_LENGTH + 1])
{
    size_t n = 0;
    while (n < CAPTCHA_LENGTH) {
        uint8_t byte;
        random_bytes(&byte, 1);
        if (byte < 256 / LETTERS * LETTERS) /* else the first letters would come more often */
            ret[n++] = captcha_letters[byte % LETTERS];
    }
    ret[n] = '\0';
}

/* A number in [from, to). */
static double between(struct seed *s, double from, double to)
{
    return from + (to - from) * seed_next(s, 1000) / 1000;
}

/* Bends the outlines by two sine waves, each letter by its own. */
static void bend(cairo_t *cr, struct seed *s)
{
    double phase_x = between(s, 0, 6.28), phase_y = between(s, 0, 6.28);
    double far_x = between(s, 1.5, 2.6), far_y = between(s, 1.5, 2.6);
    double long_x = between(s, 7, 12), long_y = between(s, 9, 15);
    cairo_path_t *path = cairo_copy_path_flat(cr);
    double points[2] = {0};
    cairo_new_path(cr);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *d = &path->data[i];
        if (d->header.type != CAIRO_PATH_CLOSE_PATH) {
            points[0] = d[1].point.x + far_x * sin(d[1].point.y / long_x + phase_x);
            points[1] = d[1].point.y + far_y * sin(d[1].point.x / long_y + phase_y);
        }
        if (d->header.type == CAIRO_PATH_MOVE_TO)
            cairo_move_to(cr, points[0], points[1]);
        else if (d->header.type == CAIRO_PATH_LINE_TO)
            cairo_line_to(cr, points[0], points[1]);
        else
            cairo_close_path(cr);
    }
    cairo_path_destroy(path);
}

static void choose_face(cairo_t *cr, struct seed *s)
{
    const struct captcha_face *f = &captcha_faces[seed_next(s, (uint32_t)captcha_faces_n)];
    cairo_select_font_face(cr, f->family, CAIRO_FONT_SLANT_NORMAL,
                           f->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, between(s, 40, 48));
}

/* Its centre at x, turned, leaning, stretched. */
static void draw_letter(cairo_t *cr, struct seed *s, char letter, double x)
{
    const char text[] = {letter, '\0'};
    cairo_text_extents_t e;
    cairo_matrix_t lean;
    choose_face(cr, s);
    cairo_text_extents(cr, text, &e);
    cairo_save(cr);
    cairo_translate(cr, x + between(s, -3, 3), CAPTCHA_HEIGHT_PX / 2.0 + between(s, -5, 5));
    cairo_rotate(cr, between(s, -0.38, 0.38));
    cairo_matrix_init(&lean, between(s, 0.85, 1.15), 0, between(s, -0.25, 0.25), between(s, 0.9, 1.1), 0, 0);
    cairo_transform(cr, &lean);
    cairo_new_path(cr);
    cairo_move_to(cr, -e.x_bearing - e.width / 2, -e.y_bearing - e.height / 2);
    cairo_text_path(cr, text);
    cairo_restore(cr);
    bend(cr, s);
    cairo_fill(cr);
}

static void draw_text(cairo_t *cr, struct seed *s, struct str text)
{
    double step = between(s, 31, 35), x = between(s, 22, CAPTCHA_WIDTH_PX - 22 - 3 * step);
    for (size_t i = 0; i < CAPTCHA_LENGTH && i < text.n; i++)
        draw_letter(cr, s, text.p[i], x + step * (double)i);
}

/* Where one lies, ink and paper change places: an eye follows the outline all the same, a program that lays
 * letters over the picture finds half of each where it should not be. */
static void draw_blobs(cairo_t *cr, struct seed *s)
{
    for (int i = 0; i < BLOBS; i++) {
        cairo_save(cr);
        cairo_translate(cr, between(s, 0, CAPTCHA_WIDTH_PX), between(s, 0, CAPTCHA_HEIGHT_PX));
        cairo_rotate(cr, between(s, 0, 3.14));
        cairo_scale(cr, between(s, 22, 42), between(s, 11, 18));
        cairo_new_path(cr);
        cairo_arc(cr, 0, 0, 1, 0, 6.2832);
        cairo_restore(cr);
        bend(cr, s);
        cairo_fill(cr);
    }
}

/* About as thick as a letter's thin strokes. */
static void draw_lines(cairo_t *cr, struct seed *s)
{
    for (int i = 0; i < LINES; i++) {
        double h = CAPTCHA_HEIGHT_PX, w = CAPTCHA_WIDTH_PX;
        cairo_set_line_width(cr, between(s, 1.3, 2.1));
        cairo_new_path(cr);
        cairo_move_to(cr, 0, between(s, 4, h - 4));
        cairo_curve_to(cr, w / 3, between(s, -10, h + 10), 2 * w / 3, between(s, -10, h + 10), w,
                       between(s, 4, h - 4));
        cairo_stroke(cr);
    }
}

/* Inks on a paper of #f4f6f8, where each has a contrast of at least 6 : 1. */
static void ink_over(cairo_t *cr, struct seed *s, cairo_surface_t *mask)
{
    static const double INKS[][3] = {
        {0.10, 0.22, 0.45}, {0.42, 0.12, 0.16}, {0.08, 0.32, 0.24}, {0.30, 0.16, 0.42}, {0.20, 0.20, 0.22}};
    const double *ink = INKS[seed_next(s, sizeof INKS / sizeof *INKS)];
    cairo_set_source_rgb(cr, 0xf4 / 255.0, 0xf6 / 255.0, 0xf8 / 255.0);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, ink[0], ink[1], ink[2]);
    cairo_mask_surface(cr, mask, 0, 0);
}

static void surface_drop(void *surface)
{
    cairo_surface_destroy(surface);
}

/* Until the arena ends, which it does early when memory is gone. */
static cairo_surface_t *surface_new(struct arena *a, cairo_format_t format)
{
    cairo_surface_t *surface = cairo_image_surface_create(format, CAPTCHA_WIDTH_PX, CAPTCHA_HEIGHT_PX);
    arena_defer(a, surface_drop, surface);
    return surface;
}

struct bytes captcha_png_of(struct arena *a, struct str text, struct seed seed)
{
    cairo_surface_t *mask = surface_new(a, CAIRO_FORMAT_A8);
    cairo_surface_t *surface = surface_new(a, CAIRO_FORMAT_RGB24);
    cairo_t *cr = cairo_create(mask);
    cairo_set_operator(cr, CAIRO_OPERATOR_XOR);
    draw_blobs(cr, &seed);
    draw_text(cr, &seed, text);
    draw_lines(cr, &seed);
    cairo_destroy(cr);
    cr = cairo_create(surface);
    ink_over(cr, &seed, mask);
    cairo_destroy(cr);
    return png_of(a, surface);
}

struct bytes captcha_png(struct arena *a, struct str text)
{
    struct seed s;
    random_bytes(&s.state, sizeof s.state);
    return captcha_png_of(a, text, s);
}
