#include "domain/typed_code.h"

#include "base/utf8.h"

static char fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - '!';
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    return c >= ' ' && c <= '~' ? (char)c : '?';
}

size_t typed_code(struct str typed, char *ret, size_t size)
{
    struct str s = str_trim(typed);
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++) {
        char c = fold(utf8_next(s, &at));
        if (n < size - 1) ret[n] = c;
    }
    ret[n < size ? n : size - 1] = '\0';
    return n;
}
