/* Characters by property, and the normal forms of Unicode (UAX 15), from the Unicode Character Database: the
 * tables are made by tools/unicode.py. Nothing here knows a language; what is folded for which purpose is
 * said in base/text.h and domain/fold.h. */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include "base/arena.h"

enum unicode_class {
    UNICODE_IGNORABLE = 1 << 0,   /* draws nothing, changes nothing that a reader of Chinese sees */
    UNICODE_BLANK = 1 << 1,       /* white space, and glyphs that are blank */
    UNICODE_TURNS = 1 << 2,       /* breaks the line, or makes it run from right to left */
    UNICODE_HIDDEN = 1 << 3,      /* a control character, or no character at all; some are BLANK, too */
    UNICODE_SEEN = 1 << 4,        /* draws something by itself */
    UNICODE_UNSTABLE = 1 << 5,    /* may be written in another way in the normal form of base/text.h */
    UNICODE_MARK = 1 << 6,        /* belongs to the letter before it */
    UNICODE_PUNCTUATION = 1 << 7, /* also what follows, where it is that */
    UNICODE_DASH = 1 << 8,
    UNICODE_DOT = 1 << 9, /* middle dots, bullets, full stops */
    UNICODE_OPEN = 1 << 10,
    UNICODE_CLOSE = 1 << 11,
    UNICODE_QUOTE = 1 << 12,
    UNICODE_APOSTROPHE = 1 << 13,
    UNICODE_LATIN = 1 << 14, /* a letter */
    UNICODE_HAN = 1 << 15,   /* an ideograph; also one that is not known yet */
};

unsigned unicode_classes(uint32_t c); /* 0 above U+10FFFF */

/* What a text is made of; a byte that is not UTF-8 is U+FFFD. */
struct runes {
    LIST(uint32_t);
};
struct runes runes_of(struct arena *a, struct str s);
struct str runes_str(struct arena *a, const struct runes *r);

/* Into parts, in canonical order: NFD, or NFKD with `compatible`. */
struct runes runes_decompose(struct arena *a, const struct runes *r, bool compatible);
/* Put together again, in place: NFC of what was decomposed. */
void runes_compose(struct runes *r);

uint32_t unicode_to_equivalent(uint32_t c); /* the ideograph of a radical, half width of letters and digits */
uint32_t unicode_to_upper(uint32_t c);      /* where that is one character */
const char *unicode_base_letters(uint32_t c); /* of a Latin letter: Đ is D, æ is AE; NULL: no others */

#endif
