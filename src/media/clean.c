#include "media/clean.h"

#include "base/utf8.h"

#define REPLACEMENT 0xfffd

static uint32_t carried(uint32_t c)
{
    if (c == UTF8_BAD || c == 0xfffe || c == 0xffff) return REPLACEMENT;
    return c < ' ' || (c >= 0x7f && c < 0xa0) ? ' ' : c;
}

struct str clean_text(struct buf *to, struct str text, size_t max_chars)
{
    to->n = 0;
    size_t at = 0;
    for (size_t chars = 0; at < text.n && chars < max_chars; chars++) {
        char bytes[4];
        buf_add(to, bytes, utf8_put(carried(utf8_next(text, &at)), bytes));
    }
    buf_char(to, '\0');
    return (struct str){to->p, to->n - 1};
}
