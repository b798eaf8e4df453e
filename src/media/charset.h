/* Text in other encodings than UTF-8. */
#ifndef MEDIA_CHARSET_H
#define MEDIA_CHARSET_H

#include "base/status.h"

struct charset; /* a conversion under way, piece by piece */

/* Name as iconv knows it. ST_BROKEN: this machine does not. */
MUST_USE enum status charset_begin(struct arena *a, struct fault *f, const char *name, struct charset **ret);
/* Converts from *from what fits; *from moves behind it. What is left of a piece that is not the last may be
 * the beginning of a character. False: it is no such text. */
MUST_USE bool charset_step(struct charset *c, struct str *from, char *to, size_t size, size_t *ret_n);

/* A short text as a whole, U+FFFD for each byte that is no such text; as it is when the machine does not know
 * the encoding. */
struct str charset_utf8(struct arena *a, const char *name, struct str s);

#endif
