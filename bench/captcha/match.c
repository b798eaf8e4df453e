/* How much of the captcha a simple reader gets: letters of the real fonts, turned and in two sizes, are laid
 * over the picture (its ink, or its outlines), and the four that fit best beside each other are read.
 * README.md says the figures.
 *
 *   captcha_match N [FOLDER]    reads N pictures of fixed seeds; leaves them in FOLDER as SEED-TEXT.png */
#include "base/arena.h"
#include "media/captcha.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define W       (CAPTCHA_WIDTH_PX / 2) /* everything at half size */
#define H       (CAPTCHA_HEIGHT_PX / 2)
#define SIDE    22 /* of a template */
#define AREA    (SIDE * SIDE)
#define LETTERS 20
#define FACES   3
#define TURNS   7
#define SIZES   2
#define FORMS   (FACES * TURNS * SIZES)

typedef float field[H + SIDE][W + SIDE]; /* a picture with a margin, or in its corner a template */
static float templates[2][LETTERS][FORMS][AREA];

static void outlines(field p, int w, int h)
{
    static field from;
    memcpy(from, p, sizeof from);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            p[y][x] = hypotf(from[y][x + 1] - from[y][x], from[y + 1][x] - from[y][x]);
}

/* A square of it with mean 0 and length 1. */
static void cut(field p, int x0, int y0, float ret[AREA])
{
    float sum = 0, square = 1e-6f;
    for (int i = 0; i < AREA; i++)
        sum += ret[i] = p[y0 + i / SIDE][x0 + i % SIDE];
    for (int i = 0; i < AREA; i++) {
        ret[i] -= sum / AREA;
        square += ret[i] * ret[i];
    }
    for (int i = 0; i < AREA; i++)
        ret[i] /= sqrtf(square);
}

static void read_surface(cairo_surface_t *s, int w, int h, field ret, int margin)
{
    const unsigned char *p = cairo_image_surface_get_data(s);
    int stride = cairo_image_surface_get_stride(s);
    memset(ret, 0, sizeof(field));
    for (int y = 0; y < 2 * h; y++)
        for (int x = 0; x < 2 * w; x++)
            ret[y / 2 + margin][x / 2 + margin] += (255 - p[y * stride + 4 * x + 1]) / 1020.0f;
}

static void make_template(int letter, int form)
{
    static field p;
    const struct captcha_face *face = &captcha_faces[form % FACES];
    const char text[] = {captcha_letters[letter], 0};
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 2 * SIDE, 2 * SIDE);
    cairo_t *cr = cairo_create(s);
    cairo_text_extents_t e;
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_select_font_face(cr, face->family, CAIRO_FONT_SLANT_NORMAL,
                           face->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, form / FACES / TURNS ? 44 : 38);
    cairo_text_extents(cr, text, &e);
    cairo_translate(cr, SIDE, SIDE);
    int turn = form / FACES % TURNS - TURNS / 2;
    cairo_rotate(cr, 0.14 * turn);
    cairo_move_to(cr, -e.x_bearing - e.width / 2, -e.y_bearing - e.height / 2);
    cairo_show_text(cr, text);
    cairo_surface_flush(s);
    read_surface(s, SIDE, SIDE, p, 0);
    cut(p, 0, 0, templates[0][letter][form]);
    outlines(p, SIDE, SIDE);
    cut(p, 0, 0, templates[1][letter][form]);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

/* The best fit of each letter with its centre in each column. */
static void fit(field p, int how, float ret[W][LETTERS])
{
    float here[AREA];
    memset(ret, 0, sizeof(float) * W * LETTERS);
    for (int x = 8; x < W - 8; x++)
        for (int y = H / 2 - 3; y <= H / 2 + 3; y += 2) {
            cut(p, x, y, here); /* the margin is half a side: this is the square around x, y */
            for (int l = 0; l < LETTERS; l++)
                for (int f = 0; f < FORMS; f++) {
                    float sum = 0;
                    for (int i = 0; i < AREA; i++)
                        sum += here[i] * templates[how][l][f][i];
                    ret[x][l] = fmaxf(ret[x][l], fabsf(sum)); /* inverted as well */
                }
        }
}

/* The four that fit best together, 14 to 18 columns apart. */
static void read_off(float fits[W][LETTERS], char ret[CAPTCHA_LENGTH + 1])
{
    float best[CAPTCHA_LENGTH][W] = {0};
    int letter[W], from[CAPTCHA_LENGTH][W] = {0}, end = 0;
    for (int x = 0; x < W; x++) {
        letter[x] = 0;
        for (int l = 1; l < LETTERS; l++)
            if (fits[x][l] > fits[x][letter[x]]) letter[x] = l;
    }
    for (int n = 0; n < CAPTCHA_LENGTH; n++)
        for (int x = 18 * n; x < W; x++) {
            for (int step = 14; n && step <= 18; step++)
                if (best[n - 1][x - step] > best[n - 1][x - from[n][x]] || !from[n][x]) from[n][x] = step;
            best[n][x] = fits[x][letter[x]] + (n ? best[n - 1][x - from[n][x]] : 0);
            if (n == CAPTCHA_LENGTH - 1 && best[n][x] > best[n][end]) end = x;
        }
    for (int n = CAPTCHA_LENGTH - 1; n >= 0; end -= from[n][end], n--)
        ret[n] = captcha_letters[letter[end]];
    ret[CAPTCHA_LENGTH] = 0;
}

struct reader {
    const unsigned char *p;
    size_t left;
};

static cairo_status_t take(void *arg, unsigned char *to, unsigned n)
{
    struct reader *r = arg;
    if (n > r->left) return CAIRO_STATUS_READ_ERROR;
    memcpy(to, r->p, n);
    r->p += n;
    r->left -= n;
    return CAIRO_STATUS_SUCCESS;
}

static void keep(const char *folder, unsigned seed, const char *text, struct bytes png)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%u-%s.png", folder, seed, text);
    FILE *f = fopen(path, "wb");
    if (!f) return;
    fwrite(png.p, 1, png.n, f);
    fclose(f);
}

int main(int argc, char **argv)
{
    unsigned n = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 200;
    int whole[2] = {0}, single[2] = {0};
    for (int l = 0; l < LETTERS; l++)
        for (int f = 0; f < FORMS; f++)
            make_template(l, f);
    for (unsigned seed = 1; seed <= n; seed++) {
        static field p;
        static float fits[W][LETTERS];
        struct arena *a = arena_new();
        char text[CAPTCHA_LENGTH + 1], got[CAPTCHA_LENGTH + 1];
        captcha_text(text);
        struct bytes png = captcha_png_of(a, str_from(text), (struct seed){seed});
        struct reader r = {png.p, png.n};
        cairo_surface_t *s = cairo_image_surface_create_from_png_stream(take, &r);
        if (argc > 2) keep(argv[2], seed, text, png);
        read_surface(s, W, H, p, SIDE / 2);
        for (int how = 0; how < 2; how++) {
            if (how) outlines(p, W + SIDE - 1, H + SIDE - 1);
            fit(p, how, fits);
            read_off(fits, got);
            whole[how] += strcmp(got, text) == 0;
            for (int i = 0; i < CAPTCHA_LENGTH; i++)
                single[how] += got[i] == text[i];
        }
        cairo_surface_destroy(s);
        arena_free(a);
    }
    for (int how = 0; how < 2; how++)
        printf("%s: %d of %u pictures, %d of %u letters\n", how ? "outlines" : "ink", whole[how], n,
               single[how], n * CAPTCHA_LENGTH);
    return 0;
}
