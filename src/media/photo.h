/* The one-inch portrait of a member: judged by its pixels and made new. Domain-facts section 4 has the
 * sources; the thresholds below the shape are proposals, so they are rules and not constants. Nothing here
 * looks for a face: that the head is bare and the person the right one, people judge. */
#ifndef MEDIA_PHOTO_H
#define MEDIA_PHOTO_H

#include "base/arena.h"

#define PHOTO_WIDTH_PX  295 /* 25 mm at 300 dots per inch */
#define PHOTO_HEIGHT_PX 413 /* 35 mm */

struct photo_rules {
    size_t max_bytes;    /* inclusive */
    uint32_t max_pixels; /* by the header, before anything is decoded */
    int min_width_px;
    int ratio_tolerance_permille; /* of 5:7 */
    /* The background is a strip along the top and down both sides to 55 % of the height: shoulders touch the
     * rest. A pixel is white when its weakest channel is this strong and its channels lie this close
     * together. */
    int white_min, white_spread;
    int background_percent;   /* so much of the strip is white */
    int background_deviation; /* and the white of it is as even as this, in steps of brightness */
    int blank_percent;        /* more white than this in the whole picture: nobody is on it */
    int colour_spread;        /* a pixel is coloured when its channels lie farther apart than this */
    int colour_percent;       /* so much of the middle is coloured, else it is a grey scan */
    int sharpness;            /* variance of the Laplacian at 295 × 413 */
};

extern const struct photo_rules photo_rules_default;

enum photo_code {
    PHOTO_OK,
    PHOTO_EMPTY,
    PHOTO_TOO_LARGE,
    PHOTO_NOT_JPEG,
    PHOTO_DAMAGED,
    PHOTO_TOO_MANY_PIXELS,
    PHOTO_GREY_FILE,
    PHOTO_CMYK,
    PHOTO_TOO_NARROW,
    PHOTO_WRONG_SHAPE,
    PHOTO_BLANK,
    PHOTO_NO_COLOUR,
    PHOTO_BACKGROUND, /* soft */
    PHOTO_BLURRED,    /* soft */
};

struct photo_result {
    enum photo_code code; /* the first thing wrong */
    bool soft;            /* wrong, but a person may decide otherwise: background, sharpness */
    struct str
        text; /* for the person: what is wrong, all of it when soft, and how to mend it; none when OK */
    struct bytes
        jpeg; /* 295 × 413, no metadata, nothing of the sent file's bytes; none when refused and not soft */
};

/* Judges a file from a stranger. Text and picture are in the arena, which grows by some 20 MB at most. */
void photo_check(struct arena *a, struct bytes file, const struct photo_rules *rules,
                 struct photo_result *ret);

#endif
