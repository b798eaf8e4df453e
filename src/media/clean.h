/* Text that every file format here can carry: what is not UTF-8 becomes U+FFFD, control characters become
 * blanks. */
#ifndef MEDIA_CLEAN_H
#define MEDIA_CLEAN_H

#include "base/buf.h"

/* Replaces what is in the buffer by the text, at most max_chars characters of it, and a NUL that is not
 * counted in the answer. The answer lives until the next write; the buffer's limit must leave 4 × max_chars +
 * 1 bytes. */
struct str clean_text(struct buf *to, struct str text, size_t max_chars);

#endif
