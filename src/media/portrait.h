/* Drawn people for demo data: plainly drawings, so that nobody's face is used, but good portraits by the
 * rules of photo.h. */
#ifndef MEDIA_PORTRAIT_H
#define MEDIA_PORTRAIT_H

#include "base/arena.h"

/* A JPEG of 295 × 413 in the arena. The same number draws the same person; neighbours differ in hair, skin
 * and clothes. */
struct bytes portrait_jpeg(struct arena *a, bool woman, unsigned number);

#endif
