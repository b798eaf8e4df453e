/* Writes the photos that test_register.py sends into a folder: one that is right, and one of each that is
 * refused. */
#include "pictures.h"

#include <string.h>

static void paint_on_blue(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(x, y, width, height, rgb);
    if (rgb[0] > 240 && rgb[2] > 240) memcpy(rgb, (uint8_t[]){60, 120, 220}, 3);
}

static void paint_white(int x, int y, int width, int height, uint8_t *rgb)
{
    (void)x, (void)y, (void)width, (void)height;
    memset(rgb, 255, 3);
}

static const struct {
    const char *name;
    struct picture picture;
} PHOTOS[] = {
    {"good", {.width = 413, .height = 579, .paint = paint_portrait}},
    {"blue", {.width = 413, .height = 579, .paint = paint_on_blue}},
    {"grey", {.width = 413, .height = 579, .colours = JCS_GRAYSCALE, .paint = paint_portrait}},
    {"cmyk", {.width = 413, .height = 579, .colours = JCS_CMYK, .paint = paint_portrait}},
    {"narrow", {.width = 200, .height = 280, .paint = paint_portrait}},
    {"square", {.width = 413, .height = 413, .paint = paint_portrait}},
    {"huge", {.width = 2001, .height = 2801, .paint = paint_white}},
};

static void save(struct arena *a, const char *folder, const char *name, struct bytes file)
{
    struct str path = arena_fmt(a, "%s/%s.jpg", folder, name);
    FILE *f = fopen(path.p, "wb");
    if (!f || fwrite(file.p, 1, file.n, f) != file.n || fclose(f) != 0) {
        perror(path.p);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "make_photos FOLDER\n");
        return 2;
    }
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof PHOTOS / sizeof *PHOTOS; i++)
        save(a, argv[1], PHOTOS[i].name, picture_jpeg(a, &PHOTOS[i].picture));
    arena_free(a);
    return 0;
}
