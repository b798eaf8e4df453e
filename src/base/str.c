#include "base/str.h"

#include <string.h>

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order) return order;
    return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq((struct str){s.p + (s.n - suffix.n), suffix.n}, suffix);
}

bool str_find(struct str s, struct str part, size_t *ret_at)
{
    if (part.n == 0 || s.n < part.n) return false;
    const char *hit = memmem(s.p, s.n, part.p, part.n);
    if (!hit) return false;
    if (ret_at) *ret_at = (size_t)(hit - s.p);
    return true;
}

bool str_has_nul(struct str s)
{
    return s.n > 0 && memchr(s.p, 0, s.n);
}

struct str str_sub(struct str s, size_t from, size_t n)
{
    if (!s.p) return STR_NONE;
    if (from > s.n) from = s.n;
    if (n > s.n - from) n = s.n - from;
    return (struct str){s.p + from, n};
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n > 0 && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_cut(struct str s, char mark, struct str *ret_head, struct str *ret_rest)
{
    const char *hit = s.n ? memchr(s.p, mark, s.n) : NULL;
    if (!hit) {
        *ret_head = s;
        *ret_rest = STR_NONE;
        return false;
    }
    size_t at = (size_t)(hit - s.p);
    *ret_head = (struct str){s.p, at};
    *ret_rest = (struct str){hit + 1, s.n - at - 1};
    return true;
}

bool str_int(struct str s, int64_t *ret)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    size_t at = minus;
    if (at == s.n) return false;
    int64_t v = 0;
    for (; at < s.n; at++) {
        if (s.p[at] < '0' || s.p[at] > '9') return false;
        int digit = s.p[at] - '0';
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v)) return false;
    }
    if (!minus && __builtin_sub_overflow((int64_t)0, v, &v)) return false;
    *ret = v;
    return true;
}

bool bytes_eq(struct bytes a, struct bytes b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

struct bytes str_bytes(struct str s)
{
    return (struct bytes){(const uint8_t *)s.p, s.n};
}
