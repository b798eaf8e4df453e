#include "media/qr.h"

#include "media/png.h"

#include <qrencode.h>

enum status qr_encode(struct arena *a, struct fault *f, struct str text, struct qr *ret)
{
    if (text.n == 0 || str_has_nul(text)) return fail(f, ST_BAD_INPUT, "二维码的内容是空的或含有空字符。");
    QRcode *code = QRcode_encodeString8bit(arena_cstr(a, text), 0, QR_ECLEVEL_M);
    if (!code) return fail(f, ST_BAD_INPUT, "内容太长，放不进二维码。");
    uint8_t *dark = arena_array(a, (size_t)code->width, (size_t)code->width);
    for (int i = 0; i < code->width * code->width; i++)
        dark[i] = code->data[i] & 1; /* the other bits say what a module is for */
    *ret = (struct qr){code->width, dark};
    QRcode_free(code);
    return ST_OK;
}

enum status qr_png(struct arena *a, struct fault *f, struct str text, int module_px, struct bytes *ret)
{
    struct qr qr = {0};
    TRY(qr_encode(a, f, text, &qr));
    int side_px = (qr.side + 2 * QR_QUIET) * module_px;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side_px, side_px);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    for (int i = 0; i < qr.side * qr.side; i++) {
        int column = i % qr.side + QR_QUIET, row = i / qr.side + QR_QUIET;
        if (qr.dark[i]) cairo_rectangle(cr, column * module_px, row * module_px, module_px, module_px);
    }
    cairo_fill(cr);
    cairo_destroy(cr);
    *ret = png_of(a, surface);
    cairo_surface_destroy(surface);
    return ST_OK;
}
