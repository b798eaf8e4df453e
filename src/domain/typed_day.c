#include "domain/typed_day.h"

#include "base/unicode.h"
#include "base/utf8.h"

enum { PARTS = 3, YEAR_DIGITS = 4, MONTH_DIGITS = 6, DAY_DIGITS = 8, TEN = 10 };

struct part {
    int value, digits;
};

/* Numbers, and what separates them. */
struct scan {
    struct str s;
    size_t at;
    struct part parts[PARTS];
    int n;
};

static uint32_t peek(const struct scan *k, size_t *ret_behind)
{
    *ret_behind = k->at;
    return k->at < k->s.n ? utf8_next(k->s, ret_behind) : 0;
}

/* 十 is ten; -1: no digit. */
static int digit_of(uint32_t c)
{
    static const uint32_t CHINESE[] = {U'零', U'一', U'二', U'三', U'四', U'五',
                                       U'六', U'七', U'八', U'九', U'十'};
    c = unicode_to_equivalent(c);
    if (c >= '0' && c <= '9') return (int)c - '0';
    if (c == U'〇' || c == U'○') return 0;
    for (int i = 0; i <= TEN; i++)
        if (CHINESE[i] == c) return i;
    return -1;
}

static bool is_blank(uint32_t c)
{
    return unicode_classes(c) & (UNICODE_BLANK | UNICODE_IGNORABLE);
}

static bool is_separator(uint32_t c)
{
    return unicode_classes(c) & (UNICODE_DASH | UNICODE_DOT) || c == '/' || c == U'／';
}

/* Moves over characters of the kind; whether there was any. */
static bool skip(struct scan *k, bool (*kind)(uint32_t c))
{
    size_t behind, start = k->at;
    for (uint32_t c = peek(k, &behind); c && kind(c); c = peek(k, &behind))
        k->at = behind;
    return k->at > start;
}

/* 12, 一二 or 十二, 二十, 二十三. */
static bool value_of(const int *digits, int n, struct part *ret)
{
    struct part p = {0, n};
    for (int i = 0; i < n; i++) {
        if (digits[i] < TEN) {
            p.value = p.value * TEN + digits[i];
            continue;
        }
        if (i > 1 || n - i > 2 || (i + 1 < n && digits[i + 1] >= TEN)) return false;
        p = (struct part){(i ? p.value : 1) * TEN + (i + 1 < n ? digits[i + 1] : 0), 2};
        break;
    }
    *ret = p;
    return n > 0;
}

static bool read_part(struct scan *k)
{
    int digits[DAY_DIGITS], n = 0;
    size_t behind;
    if (k->n == PARTS) return false;
    for (uint32_t c = peek(k, &behind); digit_of(c) >= 0; c = peek(k, &behind)) {
        if (n == DAY_DIGITS) return false;
        digits[n++] = digit_of(c);
        k->at = behind;
    }
    return value_of(digits, n, &k->parts[k->n++]);
}

/* 年 behind the first, 月 or 月份 behind the second, 日 or 号 behind the third. */
static bool skip_unit(struct scan *k)
{
    static const uint32_t UNITS[PARTS][2] = {{U'年', U'年'}, {U'月', U'月'}, {U'日', U'号'}};
    size_t behind;
    uint32_t c = peek(k, &behind);
    if (c != UNITS[k->n - 1][0] && c != UNITS[k->n - 1][1]) return false;
    k->at = behind;
    if (c == U'月' && peek(k, &behind) == U'份') k->at = behind;
    return true;
}

/* 00:00:00, also behind a T. */
static bool is_midnight(const struct scan *k)
{
    bool colon = false;
    for (size_t i = k->at; i < k->s.n; i++) {
        char c = k->s.p[i];
        if (c != '0' && c != ':' && c != ' ' && !(c == 'T' && i == k->at)) return false;
        colon |= c == ':';
    }
    return colon;
}

static bool read_parts(struct str typed, struct scan *ret)
{
    struct scan k = {.s = typed};
    skip(&k, is_blank);
    for (bool more = true; more;) {
        if (!read_part(&k)) return false;
        if (k.n == PARTS && is_midnight(&k)) break;
        bool apart = skip(&k, is_blank);
        apart |= skip_unit(&k);
        apart |= skip(&k, is_blank);
        if (k.n == PARTS && is_midnight(&k)) break;
        bool marked = skip(&k, is_separator);
        skip(&k, is_blank);
        more = k.at < k.s.n;
        if (more ? !apart && !marked : marked) return false;
    }
    *ret = k;
    return true;
}

static bool is_short(const struct part *p)
{
    return p->digits <= 2;
}

static bool day_of(int year, int month, int day, struct day *ret)
{
    if (!day_valid(year, month, day)) return false;
    *ret = DAY((int16_t)year, (int8_t)month, (int8_t)day);
    return true;
}

static bool day_of_parts(const struct scan *k, struct day *ret)
{
    const struct part *p = k->parts;
    if (k->n == 1 && p->digits == DAY_DIGITS)
        return day_of(p->value / 10000, p->value / 100 % 100, p->value % 100, ret);
    return k->n == PARTS && p->digits == YEAR_DIGITS && is_short(p + 1) && is_short(p + 2) &&
           day_of(p->value, p[1].value, p[2].value, ret);
}

bool typed_day(struct str typed, struct day *ret)
{
    struct scan k;
    return read_parts(typed, &k) && day_of_parts(&k, ret);
}

bool typed_month(struct str typed, struct day *ret)
{
    struct scan k;
    struct day whole;
    if (!read_parts(typed, &k)) return false;
    const struct part *p = k.parts;
    if (day_of_parts(&k, &whole)) return day_of(whole.year, whole.month, 1, ret);
    if (k.n == 1 && p->digits == MONTH_DIGITS) return day_of(p->value / 100, p->value % 100, 1, ret);
    return k.n == 2 && p->digits == YEAR_DIGITS && is_short(p + 1) && day_of(p->value, p[1].value, 1, ret);
}
