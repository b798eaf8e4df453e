/* JPEG in and out over libjpeg-turbo. The reader takes files from strangers: it believes no size before it
 * has been checked and never allocates more than the limits allow. What the decoder warns of is damage only
 * where pixels are lost by it. */
#ifndef MEDIA_JPEG_H
#define MEDIA_JPEG_H

#include "media/image.h"

enum jpeg_trouble {
    JPEG_FINE,
    JPEG_DAMAGED,         /* not a JPEG, cut short, nonsense inside */
    JPEG_TOO_MANY_PIXELS, /* by its header; nothing was decoded */
    JPEG_GREY,            /* one component */
    JPEG_CMYK,            /* four */
};

struct jpeg_limits {
    uint32_t max_pixels;
    int needed_width,
        needed_height; /* upright; a larger picture is decoded smaller, but no smaller than this */
};

struct jpeg_picture {
    int width, height;    /* of the file, upright; also set for JPEG_TOO_MANY_PIXELS, before turning */
    struct image image;   /* upright, perhaps smaller */
    struct bytes profile; /* ICC, as the file says: whose colours these are; none: sRGB */
};

/* Three components of eight bits only. `ret` is in the arena. */
enum jpeg_trouble jpeg_read(struct arena *a, struct bytes file, const struct jpeg_limits *limits,
                            struct jpeg_picture *ret);

/* Baseline, no metadata but the resolution: 300 dots per inch, at which 295 × 413 is a one-inch portrait. */
struct bytes jpeg_write(struct arena *a, struct image image, int quality);

#endif
