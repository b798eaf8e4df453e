#include "html/html.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

/* What a byte becomes in a page; numeric references where they are shorter. */
static const struct str ESCAPED[256] = {
    ['\0'] = STR_INIT(REPLACEMENT), ['"'] = STR_INIT("&#34;"), ['&'] = STR_INIT("&amp;"),
    ['\''] = STR_INIT("&#39;"),     ['<'] = STR_INIT("&lt;"),  ['>'] = STR_INIT("&gt;"),
};

/* How many bytes longer that is: most bytes stay as they are. */
static const uint8_t LONGER[256] = {['\0'] = 2, ['"'] = 4, ['&'] = 4, ['\''] = 4, ['<'] = 3, ['>'] = 3};

void html_raw(struct html *h, const char *literal, size_t n)
{
    buf_add(&h->buf, literal, n);
}

#define PIECE 16
typedef uint8_t piece_bytes __attribute__((vector_size(PIECE)));

/* Whether one of these bytes is to be escaped. & and ' differ in one bit, and so do < and >. */
static bool piece_special(const char *p)
{
    piece_bytes b;
    uint64_t hits[PIECE / sizeof(uint64_t)];
    memcpy(&b, p, PIECE);
    __auto_type hit = ((b | 1) == '\'') | ((b | 2) == '>') | (b == '"') | (b == 0);
    memcpy(hits, &hit, PIECE);
    return (hits[0] | hits[1]) != 0;
}

/* Most texts are plain, so that is seen first. The last piece of a long one overlaps the one before. */
static bool is_plain(struct str s)
{
    unsigned longer = 0;
    if (s.n < PIECE) {
        for (size_t i = 0; i < s.n; i++)
            longer |= LONGER[(uint8_t)s.p[i]];
        return longer == 0;
    }
    for (size_t i = 0; i + PIECE < s.n; i += PIECE)
        if (piece_special(s.p + i)) return false;
    return !piece_special(s.p + s.n - PIECE);
}

void html_put_str(struct html *h, struct str s)
{
    if (is_plain(s)) {
        buf_str(&h->buf, s);
        return;
    }
    size_t longer = 0;
    for (size_t i = 0; i < s.n; i++)
        longer += LONGER[(uint8_t)s.p[i]];
    char *to = buf_room(&h->buf, s.n + longer);
    if (!to) return;
    for (size_t i = 0; i < s.n; i++) {
        struct str escaped = ESCAPED[(uint8_t)s.p[i]];
        if (!escaped.p) {
            *to++ = s.p[i];
            continue;
        }
        memcpy(to, escaped.p, escaped.n);
        to += escaped.n;
    }
    h->buf.n += s.n + longer;
}

void html_put_int(struct html *h, int64_t v)
{
    buf_int(&h->buf, v);
}

void html_put_size(struct html *h, size_t v)
{
    buf_int(&h->buf, (int64_t)v);
}

void html_put_day(struct html *h, struct day d)
{
    char text[DAY_TEXT_SIZE];
    day_text(d, text);
    buf_str(&h->buf, str_from(text));
}

void html_put_fen(struct html *h, struct fen f)
{
    char text[32]; /* 19 digits, 5 commas, point and sign */
    char *p = text + sizeof text;
    uint64_t rest = f.n < 0 ? 0 - (uint64_t)f.n : (uint64_t)f.n;
    for (int written = 0; written < 3 || rest > 0; written++, rest /= 10) {
        if (written == 2)
            *--p = '.';
        else if (written > 2 && (written - 2) % 3 == 0)
            *--p = ',';
        *--p = (char)('0' + rest % 10);
    }
    if (f.n < 0) *--p = '-';
    buf_add(&h->buf, p, (size_t)(text + sizeof text - p));
}

void html_put_url(struct html *h, struct url u)
{
    html_put_str(h, u.text);
}

bool html_true_str(struct str s)
{
    return s.n > 0;
}

bool html_true_int(int64_t v)
{
    return v != 0;
}

bool html_true_size(size_t v)
{
    return v != 0;
}

bool html_true_day(struct day d)
{
    return day_is(d);
}

bool html_true_fen(struct fen f)
{
    return f.n != 0;
}

bool html_true_url(struct url u)
{
    return u.text.n > 0;
}
