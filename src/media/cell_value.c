#include "media/cell_value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define DIGITS_KEPT 15 /* of a number, by every spreadsheet */
#define WIDEST      40 /* digits that are written in full */

/* Date formats among the built-in ones; 27 to 36 and 50 to 58 are those of Chinese, Japanese and Korean. */
static bool is_built_in_date(int64_t id)
{
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 54) || id == 57 || id == 58;
}

struct number_format number_format_built_in(int64_t id)
{
    int decimals = id == 1 || id == 3 ? 0 : id == 2 || id == 4 ? 2 : -1;
    return (struct number_format){is_built_in_date(id), decimals};
}

/* Behind what a format says literally: in quotes, in brackets, or one character behind \ _ and *. */
static size_t skip_literal(struct str code, size_t at)
{
    char closing = code.p[at] == '"' ? '"' : code.p[at] == '[' ? ']' : 0;
    if (closing) {
        at++;
        while (at < code.n && code.p[at] != closing)
            at++;
        return at + 1;
    }
    return code.p[at] == '\\' || code.p[at] == '_' || code.p[at] == '*' ? at + 2 : at;
}

struct number_format number_format_of(struct str code)
{
    struct number_format f = {false, -1};
    int decimals = 0;
    bool digits = false, point = false, general = false;
    for (size_t i = 0; i < code.n && code.p[i] != ';';) {
        size_t behind = skip_literal(code, i);
        if (behind != i) {
            i = behind;
            continue;
        }
        char c = (char)tolower((unsigned char)code.p[i++]);
        f.date |= c == 'y' || c == 'd';
        general |= c == 'g' || c == 'e';
        digits |= c == '0';
        point |= c == '.';
        decimals += point && (c == '0' || c == '#' || c == '?');
    }
    if (digits && !general && !f.date) f.decimals = decimals > 9 ? 9 : decimals;
    return f;
}

struct day serial_day(double serial, bool since_1904)
{
    static const int32_t LAST = 109940; /* 2200-12-31 and a little */
    if (!(serial >= 1 && serial < LAST)) return DAY_NONE;
    int32_t whole = (int32_t)serial;
    if (since_1904) return day_add(DAY(1904, 1, 1), whole);
    if (whole == 60) return DAY_NONE; /* 29 February 1900, which was none */
    return day_add(DAY(1899, 12, 31), whole > 60 ? whole - 1 : whole);
}

struct decimal {
    char digits[WIDEST + 1];
    int n, point; /* digits before the point; may be negative or beyond n */
    bool negative, exponent;
};

/* Sign, digits, point, digits, exponent; leading zeros left out. */
static bool parse(struct str s, struct decimal *ret)
{
    struct decimal d = {0};
    size_t i = 0;
    bool behind = false, any = false;
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+')) d.negative = s.p[i++] == '-';
    for (; i < s.n && (isdigit((unsigned char)s.p[i]) || (s.p[i] == '.' && !behind)); i++) {
        if (s.p[i] == '.') {
            behind = true;
            continue;
        }
        any = true;
        bool zero = s.p[i] == '0' && d.n == 0;
        if (d.n == WIDEST) return false;
        if (!zero) d.digits[d.n++] = s.p[i];
        d.point += zero ? -behind : !behind;
    }
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        int64_t e;
        d.exponent = true;
        i += i + 1 < s.n && s.p[i + 1] == '+' ? 2 : 1;
        if (!str_int(str_sub(s, i, s.n), &e) || e > WIDEST || e < -WIDEST) return false;
        d.point += (int)e;
        i = s.n;
    }
    *ret = d;
    return any && i == s.n;
}

static void drop_zeros_behind(struct decimal *d)
{
    while (d->n > 0 && d->n > d->point && d->digits[d->n - 1] == '0')
        d->n--;
}

static bool zeros_from(const struct decimal *d, int at)
{
    while (at < d->n && d->digits[at] == '0')
        at++;
    return at >= d->n;
}

static struct str write_integer(const struct decimal *d, char ret[NUMBER_SIZE])
{
    int n = d->point > 0 ? d->point : 1;
    if (n > WIDEST) return STR("");
    snprintf(ret, NUMBER_SIZE, "%s", d->negative && d->n ? "-" : "");
    size_t at = d->negative && d->n ? 1 : 0;
    for (int i = 0; i < n; i++)
        ret[at++] = i < d->n ? d->digits[i] : '0';
    ret[at] = '\0';
    return (struct str){ret, at};
}

/* Binary fractions: 2019.3 may stand as 2019.2999999999999. */
static struct str write_fraction(struct str typed, char ret[NUMBER_SIZE])
{
    char text[NUMBER_SIZE];
    snprintf(text, sizeof text, "%.*s", STR_ARG(typed));
    double v = strtod(text, NULL);
    if (!isfinite(v)) return STR("");
    int n = snprintf(ret, NUMBER_SIZE, "%.*g", DIGITS_KEPT, v);
    return (struct str){ret, (size_t)n};
}

struct str number_text(struct str typed, char ret[NUMBER_SIZE], bool *ret_rounded)
{
    struct decimal d;
    *ret_rounded = false;
    if (typed.n >= NUMBER_SIZE || !parse(typed, &d)) return STR("");
    drop_zeros_behind(&d);
    if (d.n > d.point && d.n > 0) return write_fraction(typed, ret);
    *ret_rounded = d.point > DIGITS_KEPT && (d.exponent || zeros_from(&d, DIGITS_KEPT));
    return write_integer(&d, ret);
}
