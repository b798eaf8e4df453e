/* Which fonts the documents are set in, and whether they are there. fonts-noto-cjk brings them;
 * fonts-babelstone-han and fonts-hanazono stand in for the characters that it lacks. */
#ifndef MEDIA_FONT_H
#define MEDIA_FONT_H

#include "base/arena.h"

#define FONT_SANS  "Noto Sans CJK SC"
#define FONT_SERIF "Noto Serif CJK SC"
#define FONT_MONO  "DejaVu Sans Mono, Noto Sans Mono CJK SC" /* a list: the first tells 0 from O */

/* Whether FONT_SANS or a font that stands in for it has the character: whether it prints. Looks without the
 * text library. */
bool font_has(uint32_t character);
/* The characters of a text that no font has, each once: what would print as a box. */
struct str font_missing(struct arena *a, struct str text);
/* Whether the system has this very family. */
bool font_installed(const char *family);

#endif
