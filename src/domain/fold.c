#include "domain/fold.h"

#include "base/unicode.h"
#include "base/utf8.h"

enum { REPLACEMENT = 0xFFFD, MIDDLE_DOT = 0xB7 };

/* Characters that both forms leave as they are. */
static bool stays(uint32_t c)
{
    if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return (unicode_classes(c) & (UNICODE_HAN | UNICODE_UNSTABLE)) == UNICODE_HAN;
}

static bool is_folded(struct str s)
{
    for (size_t at = 0; at < s.n;)
        if (!stays(utf8_next(s, &at))) return false;
    return true;
}

/* What stands for a class of punctuation; 0: the character is of none. */
static uint32_t mark_of(unsigned classes)
{
    if (classes & UNICODE_DOT) return MIDDLE_DOT;
    if (classes & UNICODE_DASH) return '-';
    if (classes & UNICODE_APOSTROPHE) return '\'';
    if (classes & UNICODE_OPEN) return '(';
    if (classes & UNICODE_CLOSE) return ')';
    return classes & UNICODE_QUOTE ? '"' : 0;
}

/* 0: it goes. */
static uint32_t folded(uint32_t c)
{
    unsigned classes = unicode_classes(c);
    if (classes & (UNICODE_IGNORABLE | UNICODE_BLANK | UNICODE_TURNS)) return 0;
    if (classes & UNICODE_HIDDEN) return c == REPLACEMENT ? c : 0;
    uint32_t mark = mark_of(classes);
    if (mark) return mark;
    c = unicode_to_equivalent(c);
    return classes & UNICODE_MARK ? c : unicode_to_upper(c);
}

static void fold_each(struct runes *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = folded(r->p[i]);
        if (c) r->p[n++] = c;
    }
    r->n = n;
}

/* In parts. Folded before, for the accents that stand alone, and after, for what the parts bring: … is three
 * dots. What went may have kept marks apart: the second decomposition puts them in order. */
static struct runes fold_parts(struct arena *a, struct str name)
{
    struct runes r = runes_of(a, name);
    fold_each(&r);
    struct runes parts = runes_decompose(a, &r, true);
    fold_each(&parts);
    return runes_decompose(a, &parts, false);
}

struct str name_fold(struct arena *a, struct str name)
{
    if (is_folded(name)) return name;
    struct runes parts = fold_parts(a, name);
    runes_compose(&parts);
    return runes_str(a, &parts);
}

static bool is_searched(uint32_t c)
{
    unsigned classes = unicode_classes(c);
    return !(classes & (UNICODE_MARK | UNICODE_PUNCTUATION)) && !mark_of(classes);
}

struct str search_fold(struct arena *a, struct str name)
{
    struct runes letters;
    if (is_folded(name)) return name;
    struct runes parts = fold_parts(a, name);
    ARENA_RESERVE(a, &letters, 2 * parts.n + 1);
    for (size_t i = 0; i < parts.n; i++) {
        const char *base = unicode_base_letters(parts.p[i]);
        if (!is_searched(parts.p[i])) continue;
        if (!base) letters.p[letters.n++] = parts.p[i];
        for (; base && *base; base++)
            letters.p[letters.n++] = (uint32_t)(unsigned char)*base;
    }
    runes_compose(&letters);
    return runes_str(a, &letters);
}
