/* QR codes (ISO/IEC 18004), error correction level M: a print on plain paper with a stamp over a corner still
 * reads. */
#ifndef MEDIA_QR_H
#define MEDIA_QR_H

#include "base/status.h"

#define QR_QUIET 4 /* modules of white around it, by the standard */

struct qr {
    int side;            /* modules, without the quiet zone */
    const uint8_t *dark; /* side × side, row by row, 1 is dark */
};

/* ST_BAD_INPUT for an empty text, one with NUL, or more than fits (2331 bytes). Results are in the arena. */
MUST_USE enum status qr_encode(struct arena *a, struct fault *f, struct str text, struct qr *ret);
/* Black on white with the quiet zone, each module module_px (1 … 32) pixels wide. */
MUST_USE enum status qr_png(struct arena *a, struct fault *f, struct str text, int module_px,
                            struct bytes *ret);

#endif
