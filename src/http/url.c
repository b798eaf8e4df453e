#include "http/url.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Returns whether each '%' encoded a byte; one that does not stays a percent sign. */
static bool decode(char *p, size_t *n, bool plus)
{
    size_t to = 0;
    bool good = true;
    for (size_t at = 0; at < *n; at++) {
        char c = p[at];
        if (c == '%') {
            int high = at + 2 < *n ? hex_digit(p[at + 1]) : -1;
            int low = at + 2 < *n ? hex_digit(p[at + 2]) : -1;
            bool byte = high >= 0 && low >= 0;
            if (byte) c = (char)(high << 4 | low), at += 2;
            good = good && byte;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        p[to++] = c;
    }
    *n = to;
    return good;
}

bool url_decode(char *p, size_t *n)
{
    return decode(p, n, false);
}

/* %2F would be a slash that separates nothing: routing and whoever looks before it could disagree. */
static bool has_encoded_slash(struct str raw)
{
    size_t at;
    return str_find(raw, STR("%2F"), &at) || str_find(raw, STR("%2f"), &at);
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F) return true;
    return false;
}

static bool has_dot_segment(struct str path)
{
    struct str segment, rest = path;
    do {
        str_cut(rest, '/', &segment, &rest);
        if (str_eq(segment, STR(".")) || str_eq(segment, STR(".."))) return true;
    } while (rest.n);
    return false;
}

bool url_decode_path(struct arena *a, struct str raw, struct str *ret)
{
    if (!str_starts(raw, STR("/")) || has_encoded_slash(raw)) return false;
    char *p = arena_cstr(a, raw);
    size_t n = raw.n;
    if (!url_decode(p, &n)) return false;
    struct str path = {p, n};
    if (has_control(path) || has_dot_segment(path) || !utf8_valid(path)) return false;
    *ret = path;
    return true;
}

static enum parsed add_pair(struct arena *a, char *p, size_t n, size_t *text, struct http_pairs *pairs)
{
    char *equals = memchr(p, '=', n);
    size_t name_n = equals ? (size_t)(equals - p) : n;
    char *value = equals ? equals + 1 : p + n;
    size_t value_n = (size_t)(p + n - value);
    (void)decode(p, &name_n, true);
    (void)decode(value, &value_n, true);
    *text += name_n + value_n;
    if (pairs->n == LIMIT_FIELDS || name_n > LIMIT_FIELD_BYTES || value_n > LIMIT_FIELD_BYTES ||
        *text > LIMIT_FORM_TEXT)
        return PARSED_OVER;
    *ARENA_PUSH(a, pairs) = (struct http_pair){{p, name_n}, utf8_mend(a, (struct str){value, value_n})};
    return PARSED;
}

enum parsed url_pairs(struct arena *a, char *p, size_t n, struct http_pairs *ret)
{
    struct http_pairs pairs = {0};
    size_t text = 0;
    char *end = p + n;
    while (p < end) {
        char *stop = memchr(p, '&', (size_t)(end - p));
        if (!stop) stop = end;
        if (stop > p) {
            enum parsed parsed = add_pair(a, p, (size_t)(stop - p), &text, &pairs);
            if (parsed != PARSED) return parsed;
        }
        p = stop + 1;
    }
    *ret = pairs;
    return PARSED;
}

struct str http_get(const struct http_pairs *ps, const char *name)
{
    struct str wanted = str_from(name);
    for (size_t i = 0; i < ps->n; i++)
        if (str_eq(ps->p[i].name, wanted)) return ps->p[i].value;
    return STR_NONE;
}
