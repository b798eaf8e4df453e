/* The one thing wanted from a camera's EXIF: which way up the picture is. */
#ifndef MEDIA_EXIF_H
#define MEDIA_EXIF_H

#include "base/str.h"

/* The orientation, 1 … 8, in an APP1 segment of a JPEG (without its length). 1, upright, when it is not EXIF,
 * says nothing, or makes no sense: a broken note is no reason to refuse a picture. */
int exif_orientation(struct bytes app1);

#endif
