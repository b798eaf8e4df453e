/* A picture in memory: 8-bit RGB, rows without gaps, in an arena. */
#ifndef MEDIA_IMAGE_H
#define MEDIA_IMAGE_H

#include "base/arena.h"

struct image {
    int width, height; /* pixels, more than 0 */
    uint8_t *rgb;      /* width × height × 3 */
};

/* A rectangle in pixels; fractions of a pixel are meant. */
struct image_part {
    double x, y, width, height;
};

struct image image_new(struct arena *a, int width, int height); /* black */
/* Turned and mirrored so that it stands upright: `orientation` is EXIF's 1 … 8; anything else changes
 * nothing. */
struct image image_upright(struct arena *a, struct image from, int orientation);
/* The part, which lies inside the picture, resized: each new pixel is the mean of the area that it covers. */
struct image image_resize(struct arena *a, struct image from, struct image_part part, int width, int height);
/* The largest centred part of the shape `ratio` = width / height; what goes at top and bottom goes at the
 * bottom, because a portrait's hair is near the top. */
struct image_part image_crop(int width, int height, double ratio);

/* Variance of the 3×3 Laplacian of the brightness: little of it means blurred. The picture is at least 3×3.
 */
double image_sharpness(struct image i);

static inline const uint8_t *image_at(const struct image *i, int x, int y)
{
    return i->rgb + ((size_t)y * (size_t)i->width + (size_t)x) * 3;
}

int image_luma(const uint8_t *rgb);   /* 0 … 255, ITU-R BT.601 */
int image_spread(const uint8_t *rgb); /* strongest less weakest channel: 0 is grey */

#endif
