/* A PNG back as pixels, with cairo's own reader. */
#ifndef TESTS_MEDIA_READ_PNG_H
#define TESTS_MEDIA_READ_PNG_H

#include "media/png.h"

#include <string.h>

static inline cairo_status_t give(void *from, unsigned char *to, unsigned n)
{
    struct bytes *b = from;
    if (n > b->n) return CAIRO_STATUS_READ_ERROR;
    memcpy(to, b->p, n);
    *b = (struct bytes){b->p + n, b->n - n};
    return CAIRO_STATUS_SUCCESS;
}

/* Width 0 when it is no PNG. */
static inline struct image read_png(struct arena *a, struct bytes file)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(give, &file);
    struct image i = {0};
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) i = image_of(a, surface);
    cairo_surface_destroy(surface);
    return i;
}

#endif
