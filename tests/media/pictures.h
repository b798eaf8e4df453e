/* JPEG files for tests, made with libjpeg here and not with the code under test: any size, colours,
 * orientation. */
#ifndef TESTS_MEDIA_PICTURES_H
#define TESTS_MEDIA_PICTURES_H

#include "base/buf.h"
#include "media/image.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

struct picture {
    int width, height;
    J_COLOR_SPACE colours; /* JCS_RGB (also when 0), JCS_GRAYSCALE, JCS_CMYK */
    int orientation;       /* in EXIF; 0: no EXIF */
    bool progressive;      /* one scan for each component's first coefficients, then the rest */
    void (*paint)(int x, int y, int width, int height, uint8_t *rgb);
    bool arithmetic; /* coded by arithmetic, which hardly anybody does */
};

/* A person on white: hair, face with features, a blue coat, and the grain that a photo has. */
static inline void paint_portrait(int x, int y, int width, int height, uint8_t *rgb)
{
    static const uint8_t colours[4][3] = {{252, 252, 252}, {40, 30, 30}, {230, 180, 150}, {30, 60, 120}};
    double u = (double)x / width - 0.5, v = (double)y / height;
    int what = 0;
    if (v > 0.78 && u * u < 0.16) what = 3;
    if (u * u / 0.085 + (v - 0.42) * (v - 0.42) / 0.13 < 1) what = v < 0.25 ? 1 : 2;
    if (what == 2 &&
        ((v > 0.42 && v < 0.44 && u * u > 0.008 && u * u < 0.03) || (v > 0.62 && v < 0.63 && u * u < 0.01)))
        what = 1;
    int grain = what ? (x * 7 + y * 13 + x * y) % 9 - 4 : 0;
    for (int c = 0; c < 3; c++)
        rgb[c] = (uint8_t)(colours[what][c] + grain);
}

static inline void write_orientation(struct jpeg_compress_struct *j, int orientation)
{
    uint8_t exif[] = {'E', 'x', 'i', 'f', 0,    0, 'M', 'M', 0, '*', 0, 0, 0,
                      8,   0,   1,   1,   0x12, 0, 3,   0,   0, 0,   1, 0, (uint8_t)orientation,
                      0,   0,   0,   0,   0,    0};
    jpeg_write_marker(j, JPEG_APP0 + 1, exif, sizeof exif);
}

static inline void fill_row(const struct picture *p, int y, int components, uint8_t *row)
{
    for (int x = 0; x < p->width; x++) {
        uint8_t rgb[4] = {0};
        p->paint(x, y, p->width, p->height, rgb);
        for (int c = 0; c < components; c++)
            row[x * components + c] = rgb[c];
    }
}

static inline struct bytes picture_jpeg(struct arena *a, const struct picture *p)
{
    static const jpeg_scan_info scans[] = {
        {1, {0}, 0, 0, 0, 0},  {1, {1}, 0, 0, 0, 0},  {1, {2}, 0, 0, 0, 0},
        {1, {0}, 1, 63, 0, 0}, {1, {1}, 1, 63, 0, 0}, {1, {2}, 1, 63, 0, 0},
    };
    struct jpeg_compress_struct j = {0};
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long size = 0;
    j.err = jpeg_std_error(&errors);
    jpeg_create_compress(&j);
    jpeg_mem_dest(&j, &out, &size);
    j.in_color_space = p->colours ? p->colours : JCS_RGB;
    j.input_components = j.in_color_space == JCS_GRAYSCALE ? 1 : j.in_color_space == JCS_CMYK ? 4 : 3;
    j.image_width = (JDIMENSION)p->width;
    j.image_height = (JDIMENSION)p->height;
    jpeg_set_defaults(&j);
    jpeg_set_quality(&j, 85, TRUE);
    j.arith_code = p->arithmetic;
    if (p->progressive) {
        j.scan_info = scans;
        j.num_scans = sizeof scans / sizeof *scans;
    }
    jpeg_start_compress(&j, TRUE);
    if (p->orientation) write_orientation(&j, p->orientation);
    uint8_t *row = arena_array(a, (size_t)p->width, (size_t)j.input_components);
    while (j.next_scanline < j.image_height) {
        fill_row(p, (int)j.next_scanline, j.input_components, row);
        jpeg_write_scanlines(&j, &row, 1);
    }
    jpeg_finish_compress(&j);
    jpeg_destroy_compress(&j);
    struct bytes file = arena_bytes(a, (struct bytes){out, size});
    free(out);
    return file;
}

/* Where the marker FF xx stands first, from `at` on; the file's size when it does not. */
static inline size_t find_marker(struct bytes file, size_t at, uint8_t marker)
{
    for (; at + 1 < file.n; at++) {
        if (file.p[at] == 0xff && file.p[at + 1] == marker) return at;
    }
    return file.n;
}

#endif
