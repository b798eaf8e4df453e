#include "base/utf8.h"

/* RFC 3629: the second byte's range depends on the first, which rules out overlong forms and surrogates. */
uint32_t utf8_next(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t left = s.n - *at;
    *at += 1;
    if (p[0] < 0x80) return p[0];
    int more = p[0] >= 0xC2 && p[0] <= 0xDF   ? 1
               : (p[0] & 0xF0) == 0xE0        ? 2
               : p[0] >= 0xF0 && p[0] <= 0xF4 ? 3
                                              : 0;
    if (more == 0 || left <= (size_t)more) return UTF8_BAD;
    unsigned low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) return UTF8_BAD;
    uint32_t c = p[0] & (0x3Fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80) return UTF8_BAD;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    *at += (size_t)more;
    return c;
}

size_t utf8_put(uint32_t c, char ret[4])
{
    if (c < 0x80) {
        ret[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        ret[0] = (char)(0xC0 | c >> 6);
        ret[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        ret[0] = (char)(0xE0 | c >> 12);
        ret[1] = (char)(0x80 | (c >> 6 & 0x3F));
        ret[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    ret[0] = (char)(0xF0 | c >> 18);
    ret[1] = (char)(0x80 | (c >> 12 & 0x3F));
    ret[2] = (char)(0x80 | (c >> 6 & 0x3F));
    ret[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

bool utf8_valid(struct str s)
{
    for (size_t at = 0; at < s.n;)
        if (utf8_next(s, &at) == UTF8_BAD) return false;
    return true;
}

struct str utf8_mend(struct arena *a, struct str s)
{
    if (utf8_valid(s)) return s;
    char *out = arena_alloc(a, 3 * s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        n += utf8_put(c == UTF8_BAD ? 0xFFFD : c, out + n);
    }
    return (struct str){out, n};
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++)
        utf8_next(s, &at);
    return n;
}

struct str utf8_clip(struct str s, size_t bytes)
{
    if (bytes > s.n) bytes = s.n;
    size_t start = bytes;
    while (start > 0 && bytes - start < 4) {
        unsigned char c = (unsigned char)s.p[--start];
        if (c < 0x80) break;
        if (c < 0xC0) continue;
        size_t whole = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        return (struct str){s.p, start + whole > bytes ? start : bytes};
    }
    return (struct str){s.p, bytes};
}

struct str utf8_half_width(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        if (c >= 0xFF01 && c <= 0xFF5E)
            out[n++] = (char)(c - 0xFF01 + '!');
        else if (c == 0x3000)
            out[n++] = ' ';
        else
            while (from < at)
                out[n++] = s.p[from++];
    }
    return (struct str){out, n};
}
