/* Which fonts the documents are set in, and whether they are there. The package fonts-noto-cjk brings them.
 */
#ifndef MEDIA_FONT_H
#define MEDIA_FONT_H

#include "base/str.h"

#define FONT_SANS  "Noto Sans CJK SC"
#define FONT_SERIF "Noto Serif CJK SC"
#define FONT_MONO  "DejaVu Sans Mono, Noto Sans Mono CJK SC" /* a list: the first tells 0 from O */

/* Whether every character of the text has a glyph in FONT_SANS or in a font that stands in for it: what
 * prints. */
bool font_covers(struct str text);
/* Whether the system has this very family. */
bool font_installed(const char *family);

#endif
