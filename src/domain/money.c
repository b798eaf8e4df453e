#include "domain/money.h"

#include "base/buf.h"
#include "domain/typed_code.h"

enum { FEN = 100, GROUP = 10000, TEXT_BYTES = 256 };
#define YUAN_MAX INT64_C(999999999999)

static const char *const DIGITS[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

/* The magnitude, also of the smallest integer. */
static uint64_t magnitude(int64_t fen)
{
    return fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
}

struct str money_text(struct arena *a, int64_t fen)
{
    uint64_t yuan = magnitude(fen) / FEN;
    char digits[32]; /* from the end */
    size_t at = sizeof digits;
    int n = 0;
    do {
        if (n > 0 && n % 3 == 0) digits[--at] = ',';
        digits[--at] = (char)('0' + yuan % 10);
        yuan /= 10;
        n++;
    } while (yuan > 0);
    return arena_fmt(a, "%s%.*s.%02d", fen < 0 ? "-" : "", (int)(sizeof digits - at), digits + at,
                     (int)(magnitude(fen) % FEN));
}

static void put(struct buf *b, const char *text)
{
    buf_str(b, str_from(text));
}

/* Four digits with 仟佰拾. A zero is written once between digits, and in front when something stands before.
 */
static void put_group(struct buf *b, unsigned group, bool something_before)
{
    static const char *const UNITS[] = {"仟", "佰", "拾", ""};
    bool written = something_before, zero = false;
    unsigned divisor = 1000;
    for (int i = 0; i < 4; i++, divisor /= 10) {
        unsigned digit = group / divisor % 10;
        if (digit == 0) {
            zero = true;
            continue;
        }
        if (zero && written) put(b, DIGITS[0]);
        put(b, DIGITS[digit]);
        put(b, UNITS[i]);
        written = true;
        zero = false;
    }
}

/* Groups of four digits: 万 of 亿, 亿, 万, ones. Whatever thousands of 亿 there are, the 亿 itself is said.
 */
static void put_yuan(struct buf *b, uint64_t yuan)
{
    static const struct {
        uint64_t one;
        const char *unit;
    } GROUPS[] = {{UINT64_C(1000000000000), "万"}, {100000000, "亿"}, {GROUP, "万"}, {1, ""}};
    bool gap = false;
    size_t start = b->n;
    for (int i = 0; i < 4; i++) {
        unsigned group = (unsigned)(yuan / GROUPS[i].one % GROUP);
        bool something_before = b->n > start;
        if (group == 0) {
            gap = something_before;
            if (i == 1 && something_before) put(b, GROUPS[i].unit);
            continue;
        }
        if (gap && group >= 1000) put(b, DIGITS[0]);
        put_group(b, group, something_before);
        put(b, GROUPS[i].unit);
        gap = false;
    }
}

static void put_cents(struct buf *b, unsigned fen, bool yuan_before)
{
    unsigned jiao = fen / 10, rest = fen % 10;
    if (jiao > 0) {
        put(b, DIGITS[jiao]);
        put(b, "角");
    } else if (rest > 0 && yuan_before) {
        put(b, DIGITS[0]);
    }
    if (rest > 0) {
        put(b, DIGITS[rest]);
        put(b, "分");
    } else {
        put(b, "整");
    }
}

struct str money_capitals(struct arena *a, int64_t fen)
{
    struct buf b;
    buf_init(&b, TEXT_BYTES, TEXT_BYTES);
    uint64_t yuan = magnitude(fen) / FEN;
    unsigned cents = (unsigned)(magnitude(fen) % FEN);
    if (fen < 0) put(&b, "负");
    put_yuan(&b, yuan);
    if (yuan > 0) put(&b, "元");
    if (fen == 0) put(&b, "零元");
    put_cents(&b, cents, yuan > 0);
    struct str text = arena_str(a, buf_text(&b));
    buf_free(&b);
    return text;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits, with commas allowed only between threes. */
static bool read_yuan(const char **at, int64_t *ret)
{
    const char *p = *at;
    int64_t yuan = 0;
    int in_group = 0;
    bool grouped = false;
    for (; is_digit(*p) || *p == ','; p++) {
        if (*p == ',') {
            if (in_group == 0 || in_group > 3 || (grouped && in_group != 3)) return false;
            grouped = true;
            in_group = 0;
            continue;
        }
        in_group++;
        yuan = yuan * 10 + (*p - '0');
        if (yuan > YUAN_MAX) return false;
    }
    if (in_group == 0 || (grouped && in_group != 3)) return false;
    *at = p;
    *ret = yuan;
    return true;
}

/* Nothing, or a point and one or two digits. */
static bool read_cents(const char **at, int *ret)
{
    const char *p = *at;
    int cents = 0;
    if (*p == '.') {
        p++;
        if (!is_digit(*p)) return false;
        cents = (*p++ - '0') * 10;
        if (is_digit(*p)) cents += *p++ - '0';
    }
    *at = p;
    *ret = cents;
    return true;
}

bool money_parse(struct str typed, int64_t *ret_fen)
{
    static const struct str SIGNS[] = {STR_INIT("¥"), STR_INIT("￥")}, UNIT = STR_INIT("元");
    char text[32];
    struct str s = str_trim(typed);
    for (size_t i = 0; i < 2; i++) {
        if (str_starts(s, SIGNS[i])) s = str_sub(s, SIGNS[i].n, s.n);
    }
    if (str_ends(s, UNIT)) s = str_sub(s, 0, s.n - UNIT.n);
    if (typed_plain(s, text, sizeof text) >= sizeof text) return false;
    const char *at = text;
    int64_t yuan;
    int cents;
    if (!read_yuan(&at, &yuan) || !read_cents(&at, &cents) || *at != '\0') return false;
    *ret_fen = yuan * FEN + cents;
    return true;
}

int64_t money_fee(int64_t fen_per_year, int people, int years)
{
    return fen_per_year * people * years;
}
