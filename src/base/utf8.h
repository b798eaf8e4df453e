/* Characters of UTF-8 text: strict decoding (no overlong forms, no surrogates, up to U+10FFFF). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"

#define UTF8_BAD UINT32_MAX

/* The character at *at, which moves behind it; UTF8_BAD (and one byte on) where the text is not UTF-8. */
uint32_t utf8_next(struct str s, size_t *at);
size_t utf8_put(uint32_t c, char ret[4]); /* bytes written */
bool utf8_valid(struct str s);
/* The text itself where it is UTF-8; else a copy with U+FFFD for each byte that is not. */
struct str utf8_mend(struct arena *a, struct str s);
size_t utf8_count(struct str s);                  /* characters */
struct str utf8_clip(struct str s, size_t bytes); /* at most so many bytes, no cut character at the end */
/* Full-width ASCII (U+FF01–FF5E) and the ideographic space become their half-width forms. */
struct str utf8_half_width(struct arena *a, struct str s);

#endif
