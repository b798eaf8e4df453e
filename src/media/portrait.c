#include "media/portrait.h"

#include "base/random.h"
#include "media/jpeg.h"
#include "media/photo.h"
#include "media/png.h"

#include <math.h>

#define QUALITY 92
#define MIDDLE  (PHOTO_WIDTH_PX / 2.0)

/* Colours as 0xRRGGBB. */
struct person {
    bool woman, glasses;
    unsigned hair_style, clothes_style;
    double jaw, brow, smile; /* how wide, how high, how much */
    uint32_t skin, hair, cloth, shirt, tie;
};

static void ink(cairo_t *cr, uint32_t rgb)
{
    cairo_set_source_rgb(cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void ink_alpha(cairo_t *cr, uint32_t rgb, double alpha)
{
    cairo_set_source_rgba(cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0, alpha);
}

/* The colour darker (below 1) or lighter. */
static uint32_t shade(uint32_t rgb, double factor)
{
    uint32_t result = 0;
    for (int shift = 16; shift >= 0; shift -= 8)
        result |= (uint32_t)fmin(255, (rgb >> shift & 255) * factor) << shift;
    return result;
}

static double between(struct seed *s, double from, double to)
{
    return from + (to - from) * seed_next(s, 1000) / 1000;
}

#define PICK(s, table) ((table)[seed_next((s), sizeof(table) / sizeof *(table))])

static struct person invent(bool woman, unsigned number)
{
    static const uint32_t skins[] = {0xf6d3b3, 0xf1c7a3, 0xeabb94, 0xe3af86, 0xf8dcc2, 0xdba37a};
    static const uint32_t hairs[] = {0x1d1a1c, 0x2a2220, 0x38291f, 0x241f2b, 0x4a3527, 0x5b5653};
    static const uint32_t cloths[] = {0x27364f, 0x3a4a5f, 0x2f4f4a, 0x4d3b52, 0x5a3a35,
                                      0x33415c, 0x46505a, 0x1f4e66, 0x6a4a2e, 0x3c5a3e};
    static const uint32_t shirts[] = {0xcfe0f2, 0xd9cfe6, 0xbfd8d2, 0xf0d9c0, 0xc3cddb};
    static const uint32_t ties[] = {0x8e2b32, 0x2a5f8f, 0x35694c, 0x7a5a1e, 0x5b3f7d};
    struct seed s = {number * 2u + woman + 1};
    return (struct person){
        .woman = woman,
        .glasses = seed_next(&s, 4) == 0,
        .hair_style = number % 4, /* neighbours differ */
        .clothes_style = number / 4 % 3,
        .jaw = between(&s, 50, 60),
        .brow = between(&s, 144, 150),
        .smile = between(&s, 5, 11),
        .skin = PICK(&s, skins),
        .hair = PICK(&s, hairs),
        .cloth = PICK(&s, cloths),
        .shirt = PICK(&s, shirts),
        .tie = PICK(&s, ties),
    };
}

static void ellipse(cairo_t *cr, double x, double y, double half_width, double half_height)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, half_width, half_height);
    cairo_new_sub_path(cr);
    cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
    cairo_restore(cr);
}

static void polygon(cairo_t *cr, const double (*points)[2], size_t n)
{
    for (size_t i = 0; i < n; i++)
        cairo_line_to(cr, points[i][0], points[i][1]);
    cairo_close_path(cr);
}
#define POLYGON(cr, ...)                                                                                     \
    polygon((cr), (const double[][2]){__VA_ARGS__},                                                          \
            sizeof((const double[][2]){__VA_ARGS__}) / sizeof(double[2]))

static void draw_shoulders(cairo_t *cr, const struct person *p)
{
    double wide = p->woman ? 122 : 136;
    cairo_move_to(cr, MIDDLE - wide, PHOTO_HEIGHT_PX);
    cairo_curve_to(cr, MIDDLE - wide, 352, MIDDLE - 92, 342, MIDDLE - 42, 322);
    cairo_line_to(cr, MIDDLE + 42, 322);
    cairo_curve_to(cr, MIDDLE + 92, 342, MIDDLE + wide, 352, MIDDLE + wide, PHOTO_HEIGHT_PX);
    cairo_close_path(cr);
    ink(cr, p->cloth);
    cairo_fill(cr);
}

static void draw_neck(cairo_t *cr, const struct person *p)
{
    double half = p->woman ? 31 : 37;
    cairo_move_to(cr, MIDDLE - half, 255);
    cairo_line_to(cr, MIDDLE - half, 318);
    cairo_curve_to(cr, MIDDLE - half, 352, MIDDLE + half, 352, MIDDLE + half, 318);
    cairo_line_to(cr, MIDDLE + half, 255);
    cairo_close_path(cr);
    ink(cr, p->skin);
    cairo_fill_preserve(cr);
    cairo_save(cr);
    cairo_clip(cr); /* the shadow of the chin */
    ellipse(cr, MIDDLE, 262, 70, 46);
    ink(cr, shade(p->skin, 0.86));
    cairo_fill(cr);
    cairo_restore(cr);
}

static void draw_suit(cairo_t *cr, const struct person *p)
{
    POLYGON(cr, {MIDDLE - 42, 322}, {MIDDLE, 413}, {MIDDLE + 42, 322}, {MIDDLE, 340});
    ink(cr, p->shirt);
    cairo_fill(cr);
    if (!p->woman) {
        POLYGON(cr, {MIDDLE - 11, 350}, {MIDDLE + 11, 350}, {MIDDLE + 7, 368}, {MIDDLE + 14, 413},
                {MIDDLE - 14, 413}, {MIDDLE - 7, 368});
        ink(cr, p->tie);
        cairo_fill(cr);
    }
    for (int side = -1; side <= 1; side += 2) {
        POLYGON(cr, {MIDDLE + side * 36, 314}, {MIDDLE + side * 50, 334}, {MIDDLE + side * 20, 374},
                {MIDDLE, 346});
        ink(cr, shade(p->shirt, 1.06));
        cairo_fill(cr);
        POLYGON(cr, {MIDDLE + side * 46, 322}, {MIDDLE + side * 78, 352}, {MIDDLE + side * 56, 372},
                {MIDDLE + side * 64, 380}, {MIDDLE + side * 8, 413}, {MIDDLE + side * 22, 372});
        ink(cr, shade(p->cloth, 0.78));
        cairo_fill(cr);
    }
}

static void draw_polo(cairo_t *cr, const struct person *p)
{
    for (int side = -1; side <= 1; side += 2) {
        POLYGON(cr, {MIDDLE + side * 35, 312}, {MIDDLE + side * 56, 332}, {MIDDLE + side * 26, 374},
                {MIDDLE, 346});
        ink(cr, shade(p->cloth, 1.35));
        cairo_fill(cr);
    }
    cairo_set_line_width(cr, 2);
    ink(cr, shade(p->cloth, 0.75));
    cairo_move_to(cr, MIDDLE, 348);
    cairo_line_to(cr, MIDDLE, 413);
    cairo_stroke(cr);
    ellipse(cr, MIDDLE + 7, 372, 2.6, 2.6);
    ellipse(cr, MIDDLE + 7, 396, 2.6, 2.6);
    ink(cr, shade(p->cloth, 1.6));
    cairo_fill(cr);
}

static void draw_sweater(cairo_t *cr, const struct person *p)
{
    cairo_set_line_width(cr, 11);
    ink(cr, shade(p->cloth, 1.3));
    cairo_move_to(cr, MIDDLE - 44, 320);
    cairo_curve_to(cr, MIDDLE - 36, 362, MIDDLE + 36, 362, MIDDLE + 44, 320);
    cairo_stroke(cr);
}

static void draw_clothes(cairo_t *cr, const struct person *p)
{
    static void (*const styles[])(cairo_t *, const struct person *) = {draw_suit, draw_polo, draw_sweater};
    styles[p->clothes_style](cr, p);
}

static void draw_head(cairo_t *cr, const struct person *p)
{
    for (int side = -1; side <= 1; side += 2) {
        ellipse(cr, MIDDLE + side * 82, 180, 13, 23);
        ink(cr, shade(p->skin, 0.93));
        cairo_fill(cr);
    }
    cairo_move_to(cr, MIDDLE - 82, 140);
    cairo_curve_to(cr, MIDDLE - 82, 20, MIDDLE + 82, 20, MIDDLE + 82, 140);
    cairo_curve_to(cr, MIDDLE + 83, 216, MIDDLE + p->jaw + 12, 246, MIDDLE + p->jaw * 0.62, 272);
    cairo_curve_to(cr, MIDDLE + 18, 290, MIDDLE - 18, 290, MIDDLE - p->jaw * 0.62, 272);
    cairo_curve_to(cr, MIDDLE - p->jaw - 12, 246, MIDDLE - 83, 216, MIDDLE - 82, 140);
    cairo_close_path(cr);
    ink(cr, p->skin);
    cairo_fill(cr);
}

static void draw_eye(cairo_t *cr, const struct person *p, int side)
{
    double x = MIDDLE + side * 36, y = 172;
    ellipse(cr, x, y, 13.5, p->woman ? 8.5 : 7.5);
    ink(cr, 0xfdfdfb);
    cairo_fill(cr);
    ellipse(cr, x, y, 7.2, 7.6);
    ink(cr, 0x3a2a22);
    cairo_fill(cr);
    ellipse(cr, x + 2.5, y - 2.8, 2, 2);
    ink(cr, 0xffffff);
    cairo_fill(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    ink(cr, shade(p->hair, 0.9));
    cairo_set_line_width(cr, p->woman ? 3.4 : 2.6);
    cairo_move_to(cr, x - side * 14, y - 1);
    cairo_curve_to(cr, x - side * 8, y - 11, x + side * 8, y - 11, x + side * 14, y - 1);
    if (p->woman) /* lashes */
        cairo_line_to(cr, x + side * 19, y - 5);
    cairo_stroke(cr);
    cairo_set_line_width(cr, p->woman ? 4 : 5.5);
    cairo_move_to(cr, x - side * 15, p->brow + 4);
    cairo_curve_to(cr, x - side * 4, p->brow - 4, x + side * 8, p->brow - 4, x + side * 17, p->brow + 3);
    cairo_stroke(cr);
}

static void draw_face(cairo_t *cr, const struct person *p)
{
    for (int side = -1; side <= 1; side += 2) {
        draw_eye(cr, p, side);
        ellipse(cr, MIDDLE + side * 51, 214, 15, 9);
        ink_alpha(cr, 0xe2725b, p->woman ? 0.22 : 0.12);
        cairo_fill(cr);
    }
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, 3);
    ink(cr, shade(p->skin, 0.76));
    cairo_move_to(cr, MIDDLE + 2, 184);
    cairo_curve_to(cr, MIDDLE + 10, 202, MIDDLE + 14, 213, MIDDLE - 3, 214);
    cairo_stroke(cr);
    double low = 236 + p->smile * 1.6 + (p->woman ? 8 : 0);
    cairo_move_to(cr, MIDDLE - 24, 236);
    if (p->woman) {
        cairo_curve_to(cr, MIDDLE - 12, 240, MIDDLE + 12, 240, MIDDLE + 24, 236);
        cairo_curve_to(cr, MIDDLE + 12, low, MIDDLE - 12, low, MIDDLE - 24, 236);
        ink(cr, 0xb9484e);
        cairo_fill(cr);
        return;
    }
    cairo_curve_to(cr, MIDDLE - 11, low, MIDDLE + 11, low, MIDDLE + 24, 236);
    ink(cr, 0x9a4a42);
    cairo_stroke(cr);
}

static void draw_glasses(cairo_t *cr)
{
    ink(cr, 0x2b2f36);
    cairo_set_line_width(cr, 3);
    for (int side = -1; side <= 1; side += 2) {
        ellipse(cr, MIDDLE + side * 36, 174, 25, 20);
        cairo_stroke(cr);
        cairo_move_to(cr, MIDDLE + side * 61, 170);
        cairo_line_to(cr, MIDDLE + side * 82, 164);
        cairo_stroke(cr);
    }
    cairo_move_to(cr, MIDDLE - 11, 171);
    cairo_curve_to(cr, MIDDLE - 5, 166, MIDDLE + 5, 166, MIDDLE + 11, 171);
    cairo_stroke(cr);
}

/* What hangs behind the neck: long hair, a bob, a bun or a pony tail that hardly shows. */
static void draw_hair_behind(cairo_t *cr, const struct person *p)
{
    static const double ends[] = {352, 282, 214, 322};
    if (!p->woman) return;
    double end = ends[p->hair_style], wide = p->hair_style == 2 ? 86 : 100;
    cairo_move_to(cr, MIDDLE - wide + 4, 150);
    cairo_curve_to(cr, MIDDLE - wide, -30, MIDDLE + wide, -30, MIDDLE + wide - 4, 150);
    cairo_curve_to(cr, MIDDLE + wide + 4, 220, MIDDLE + wide + 4, end - 30, MIDDLE + wide - 18, end);
    cairo_curve_to(cr, MIDDLE + 40, end + 10, MIDDLE - 40, end + 10, MIDDLE - wide + 18, end);
    cairo_curve_to(cr, MIDDLE - wide - 4, end - 30, MIDDLE - wide - 4, 220, MIDDLE - wide + 4, 150);
    cairo_close_path(cr);
    ink(cr, shade(p->hair, 0.82));
    cairo_fill(cr);
}

/* The hairline from the right temple to the left one, by curves, as offsets from the middle: men's styles,
 * then women's. */
static const struct hairline {
    int curves;
    double points[3][6];
} hairlines[2][4] = {
    {
        /* parted at the side; short and straight; high forehead; combed to the other side */
        {2, {{74, 120, 66, 104, 30, 96}, {-10, 104, -50, 104, -74, 150}}},
        {3, {{76, 112, 60, 100, 52, 98}, {20, 92, -20, 92, -52, 98}, {-60, 100, -76, 112, -76, 150}}},
        {3, {{78, 110, 66, 82, 40, 74}, {16, 82, -16, 82, -40, 74}, {-66, 82, -78, 110, -76, 150}}},
        {2, {{62, 112, 20, 116, -34, 92}, {-62, 102, -74, 124, -76, 150}}},
    },
    {
        /* parted in the middle; fringe; drawn back; parted in the middle */
        {2, {{76, 132, 46, 88, 0, 76}, {-46, 88, -76, 132, -78, 190}}},
        {3, {{76, 150, 66, 138, 60, 136}, {20, 128, -20, 128, -60, 136}, {-66, 138, -76, 150, -78, 190}}},
        {2, {{74, 116, 52, 88, 24, 80}, {-20, 100, -60, 104, -76, 160}}},
        {2, {{76, 132, 46, 88, 0, 76}, {-46, 88, -76, 132, -78, 190}}},
    },
};

static void add_hairline(cairo_t *cr, const struct hairline *line)
{
    for (int i = 0; i < line->curves; i++) {
        const double *p = line->points[i];
        cairo_curve_to(cr, MIDDLE + p[0], p[1], MIDDLE + p[2], p[3], MIDDLE + p[4], p[5]);
    }
}

static void draw_hair(cairo_t *cr, const struct person *p)
{
    double temple = p->woman ? 190 : 158, wide = p->woman ? 90 : 85;
    double crown = p->woman ? 36 : 26;
    cairo_move_to(cr, MIDDLE - wide + 3, temple);
    cairo_curve_to(cr, MIDDLE - wide - 20, -crown, MIDDLE + wide + 20, -crown, MIDDLE + wide - 3, temple);
    cairo_line_to(cr, MIDDLE + 78, temple);
    add_hairline(cr, &hairlines[p->woman][p->hair_style]);
    cairo_close_path(cr);
    ink(cr, p->hair);
    cairo_fill_preserve(cr);
    cairo_save(cr);
    cairo_clip(cr); /* a soft gleam */
    cairo_set_line_width(cr, 9);
    ink_alpha(cr, 0xffffff, 0.10);
    cairo_arc(cr, MIDDLE, 148, 104, -2.3, -1.0);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void draw_person(cairo_t *cr, const struct person *p)
{
    ink(cr, 0xffffff);
    cairo_paint(cr);
    draw_hair_behind(cr, p);
    draw_shoulders(cr, p);
    draw_neck(cr, p);
    draw_clothes(cr, p);
    draw_head(cr, p);
    draw_face(cr, p);
    if (p->glasses) draw_glasses(cr);
    draw_hair(cr, p);
}

struct bytes portrait_jpeg(struct arena *a, bool woman, unsigned number)
{
    struct person p = invent(woman, number);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX);
    cairo_t *cr = cairo_create(surface);
    draw_person(cr, &p);
    cairo_destroy(cr);
    struct bytes jpeg = jpeg_write(a, image_of(a, surface), QUALITY);
    cairo_surface_destroy(surface);
    return jpeg;
}
