#include "base/unicode.h"

#include "base/unicode_data.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
    LAST = 0x10FFFF,
    ORDERS = 256,
    REPLACEMENT = 0xFFFD,
    /* Hangul syllables: Unicode Standard 3.12. */
    S_BASE = 0xAC00,
    L_BASE = 0x1100,
    V_BASE = 0x1161,
    T_BASE = 0x11A7,
    L_COUNT = 19,
    V_COUNT = 21,
    T_COUNT = 28,
    S_COUNT = L_COUNT * V_COUNT * T_COUNT,
};

unsigned unicode_classes(uint32_t c)
{
    if (c > LAST) return 0;
    return unicode_class[(size_t)unicode_class_block[c / UNICODE_BLOCK] * UNICODE_BLOCK + c % UNICODE_BLOCK];
}

static unsigned order_of(uint32_t c)
{
    return unicode_order[(size_t)unicode_order_block[c / UNICODE_BLOCK] * UNICODE_BLOCK + c % UNICODE_BLOCK];
}

struct runes runes_of(struct arena *a, struct str s)
{
    struct runes r;
    ARENA_RESERVE(a, &r, s.n + 1);
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        r.p[r.n++] = c == UTF8_BAD ? REPLACEMENT : c;
    }
    return r;
}

struct str runes_str(struct arena *a, const struct runes *r)
{
    char *p = arena_alloc(a, 4 * r->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        n += utf8_put(r->p[i], p + n);
    return (struct str){p, n};
}

/* Every row begins with the character that it is found by. */
static int by_first(const void *key, const void *row)
{
    uint32_t c = *(const uint32_t *)key, first = *(const uint32_t *)row;
    return (c > first) - (c < first);
}

#define FIND(table, c) bsearch(&(c), (table), table##_n, sizeof *(table), by_first)

static void push(struct arena *a, struct runes *r, uint32_t c)
{
    *ARENA_PUSH(a, r) = c;
}

static void push_hangul(struct arena *a, struct runes *r, uint32_t c)
{
    uint32_t at = c - S_BASE, tail = at % T_COUNT;
    push(a, r, L_BASE + at / (V_COUNT * T_COUNT));
    push(a, r, V_BASE + at % (V_COUNT * T_COUNT) / T_COUNT);
    if (tail) push(a, r, T_BASE + tail);
}

static void push_parts(struct arena *a, struct runes *r, uint32_t c, bool compatible)
{
    if (c >= S_BASE && c < S_BASE + S_COUNT) {
        push_hangul(a, r, c);
        return;
    }
    const struct unicode_run *run = compatible ? FIND(unicode_compatible, c) : NULL;
    if (!run) run = FIND(unicode_canonical, c);
    if (!run) {
        push(a, r, c);
        return;
    }
    for (size_t i = 0; i < run->n; i++)
        push(a, r, unicode_parts[run->at + i]);
}

/* Marks of one letter by their order, those of the same order as they came. However many there are: they are
 * counted, not compared. */
static void sort_marks(struct arena *a, uint32_t *p, size_t n)
{
    size_t before[ORDERS + 1] = {0};
    uint32_t *sorted = ARENA_ARRAY(a, n, uint32_t);
    for (size_t i = 0; i < n; i++)
        before[order_of(p[i]) + 1]++;
    for (size_t i = 1; i <= ORDERS; i++)
        before[i] += before[i - 1];
    for (size_t i = 0; i < n; i++)
        sorted[before[order_of(p[i])]++] = p[i];
    memcpy(p, sorted, n * sizeof *p);
}

static void sort_all_marks(struct arena *a, struct runes *r)
{
    for (size_t at = 0; at < r->n;) {
        size_t end = at;
        bool sorted = true;
        while (end < r->n && order_of(r->p[end])) {
            sorted &= end == at || order_of(r->p[end - 1]) <= order_of(r->p[end]);
            end++;
        }
        if (!sorted) sort_marks(a, r->p + at, end - at);
        at = end > at ? end : at + 1;
    }
}

struct runes runes_decompose(struct arena *a, const struct runes *r, bool compatible)
{
    struct runes out;
    ARENA_RESERVE(a, &out, r->n + 1);
    for (size_t i = 0; i < r->n; i++)
        push_parts(a, &out, r->p[i], compatible);
    sort_all_marks(a, &out);
    return out;
}

static int by_both(const void *key, const void *row)
{
    const struct unicode_pair *k = key, *pair = row;
    if (k->a != pair->a) return k->a < pair->a ? -1 : 1;
    return (k->b > pair->b) - (k->b < pair->b);
}

/* The one character that two are written as; 0: they stay two. */
static uint32_t one_of(uint32_t a, uint32_t b)
{
    if (a >= L_BASE && a < L_BASE + L_COUNT && b >= V_BASE && b < V_BASE + V_COUNT)
        return S_BASE + ((a - L_BASE) * V_COUNT + (b - V_BASE)) * T_COUNT;
    bool open = a >= S_BASE && a < S_BASE + S_COUNT && (a - S_BASE) % T_COUNT == 0;
    if (open && b > T_BASE && b < T_BASE + T_COUNT) return a + (b - T_BASE);
    struct unicode_pair key = {a, b, 0};
    const struct unicode_pair *pair =
        bsearch(&key, unicode_pairs, unicode_pairs_n, sizeof *unicode_pairs, by_both);
    return pair ? pair->one : 0;
}

void runes_compose(struct runes *r)
{
    size_t n = 0, letter = SIZE_MAX;
    unsigned last = 0; /* order of what was kept behind the letter */
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = r->p[i];
        unsigned order = order_of(c);
        bool next_to_it = letter != SIZE_MAX && (letter + 1 == n || (last < order && last != 0));
        uint32_t one = next_to_it ? one_of(r->p[letter], c) : 0;
        if (one) {
            r->p[letter] = one;
            continue;
        }
        if (order == 0) letter = n;
        last = order;
        r->p[n++] = c;
    }
    r->n = n;
}

uint32_t unicode_to_equivalent(uint32_t c)
{
    const struct unicode_one *one = FIND(unicode_equivalent, c);
    return one ? one->to : c;
}

uint32_t unicode_to_upper(uint32_t c)
{
    const struct unicode_one *one = FIND(unicode_upper, c);
    return one ? one->to : c;
}

const char *unicode_base_letters(uint32_t c)
{
    const struct unicode_base *base = FIND(unicode_bases, c);
    return base ? base->letters : NULL;
}
