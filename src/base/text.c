#include "base/text.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <string.h>

/* Bytes that are in the form wherever they stand. */
static bool plain_byte(unsigned char c)
{
    return c > ' ' && c < 0x7F;
}

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!plain_byte((unsigned char)s.p[i]) && (s.p[i] != ' ' || i == 0 || i + 1 == s.n)) return false;
    return true;
}

/* In the form already, which most texts are. */
static bool is_clean(struct str s)
{
    bool seen = false;
    if (is_plain(s)) return true;
    if (!utf8_valid(s) || s.p[0] == ' ' || s.p[s.n - 1] == ' ') return false;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        unsigned classes = unicode_classes(c);
        if (c != ' ' && classes & (UNICODE_BLANK | UNICODE_IGNORABLE | UNICODE_UNSTABLE)) return false;
        seen |= (classes & UNICODE_SEEN) != 0;
    }
    return seen;
}

/* What becomes of a character; 0: it goes. `before` is the one that it came behind. */
static uint32_t cleaned(uint32_t c, uint32_t before)
{
    unsigned classes = unicode_classes(c);
    if (classes & UNICODE_IGNORABLE) return 0;
    if (c == '\r' || c == 0x85) return '\n';
    if (c == '\n') return before == '\r' ? 0 : c;
    if (classes & UNICODE_BLANK) return ' ';
    return unicode_to_equivalent(c);
}

static void clean_each(struct runes *r, bool *ret_seen)
{
    uint32_t before = 0;
    size_t n = 0;
    bool seen = false;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t was = r->p[i], c = was ? cleaned(was, before) : 0;
        bool stays = c || !was; /* NUL is for the field to refuse */
        if (stays) r->p[n++] = c;
        if (stays) seen |= (unicode_classes(c) & UNICODE_SEEN) != 0;
        before = was;
    }
    r->n = n;
    *ret_seen = seen;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\n';
}

static void trim(struct runes *r)
{
    while (r->n && is_blank(r->p[r->n - 1]))
        r->n--;
    while (r->n && is_blank(r->p[0])) {
        r->p++;
        r->n--;
    }
}

struct str text_clean(struct arena *a, struct str s)
{
    bool seen;
    if (!s.n || is_clean(s)) return s;
    struct runes r = runes_of(a, s);
    clean_each(&r, &seen);
    if (!seen) return STR("");
    trim(&r);
    struct runes parts = runes_decompose(a, &r, false);
    runes_compose(&parts);
    return runes_str(a, &parts);
}

struct str text_nfc(struct arena *a, struct str s)
{
    if (!s.n || is_plain(s) || is_clean(s) || !utf8_valid(s)) return s;
    struct runes r = runes_of(a, s), parts = runes_decompose(a, &r, false);
    runes_compose(&parts);
    return runes_str(a, &parts);
}

static bool is_shown(struct str s, bool lines)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        bool line_end = lines && c == '\n';
        if (c == UTF8_BAD || (!line_end && unicode_classes(c) & (UNICODE_HIDDEN | UNICODE_TURNS)))
            return false;
    }
    return true;
}

bool text_is_line(struct str s)
{
    return is_shown(s, false);
}

bool text_is_lines(struct str s)
{
    return is_shown(s, true);
}
