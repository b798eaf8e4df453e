/* Colours of a file that brings its own profile, as the sRGB that every screen and printer takes them for. */
#ifndef MEDIA_COLOUR_H
#define MEDIA_COLOUR_H

#include "base/str.h"
#include "media/image.h"

/* In place, by an ICC profile from a stranger. False, and the image as it was, for one that is broken, is
 * about something else than RGB, or wants more memory or steps than an honest one does. */
bool colour_to_srgb(struct image image, struct bytes profile);

#endif
