#include "domain/company_name.h"

#include "base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

static bool is_blank(uint32_t c)
{
    switch (c) {
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case ' ':
    case 0x00A0: /* no-break */
    case 0x200B: /* zero width: comes along when text is copied from a page */
    case 0x3000: /* ideographic */
    case 0xFEFF: /* byte order mark */
        return true;
    default:
        return false;
    }
}

static uint32_t fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - '!';
    if (c >= 'a' && c <= 'z') return c - ('a' - 'A');
    switch (c) {
    case '[':
    case U'【':
    case U'〔':
        return '(';
    case ']':
    case U'】':
    case U'〕':
        return ')';
    case UTF8_BAD:
        return REPLACEMENT;
    default:
        return c;
    }
}

struct str company_name_fold(struct arena *a, struct str name)
{
    char *out = arena_alloc(a, name.n * 3 + 1); /* a wrong byte becomes three */
    size_t n = 0;
    for (size_t at = 0; at < name.n;) {
        uint32_t c = utf8_next(name, &at);
        if (!is_blank(c)) n += utf8_put(fold(c), out + n);
    }
    return (struct str){out, n};
}
