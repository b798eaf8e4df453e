#include "media/png.h"

#include "base/buf.h"

#define MAX_PNG_BYTES (8u << 20)

static cairo_status_t keep(void *to, const unsigned char *p, unsigned n)
{
    struct buf *b = to;
    buf_add(b, p, n);
    return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* The surfaces here are small and made by us: nothing but want of memory fails. */
struct bytes png_of(struct arena *a, cairo_surface_t *surface)
{
    struct buf *b = buf_new(a, 4096, MAX_PNG_BYTES);
    if (cairo_surface_write_to_png_stream(surface, keep, b) != CAIRO_STATUS_SUCCESS) memory_gone();
    return str_bytes(buf_text(b));
}

struct image image_of(struct arena *a, cairo_surface_t *surface)
{
    cairo_surface_flush(surface);
    struct image i =
        image_new(a, cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface));
    const uint8_t *from = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (int y = 0; y < i.height; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)(from + (size_t)y * stride);
        uint8_t *to = i.rgb + (size_t)y * (size_t)i.width * 3;
        for (int x = 0; x < i.width; x++, to += 3) {
            to[0] = (uint8_t)(row[x] >> 16);
            to[1] = (uint8_t)(row[x] >> 8);
            to[2] = (uint8_t)row[x];
        }
    }
    return i;
}
