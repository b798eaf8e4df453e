/* A cairo picture as bytes of a file. */
#ifndef MEDIA_PNG_H
#define MEDIA_PNG_H

#include "base/arena.h"
#include "media/image.h"

#include <cairo.h>

struct bytes png_of(struct arena *a, cairo_surface_t *surface);   /* of an RGB24 or ARGB32 image surface */
struct image image_of(struct arena *a, cairo_surface_t *surface); /* of an RGB24 image surface */

#endif
