#include "app/imports/day_cell.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "domain/typed_day.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define SERIAL_DIGITS 5
#define TEXT_SIZE     32

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!isdigit((unsigned char)s.p[i])) return false;
    return s.n > 0;
}

/* Five digits are a serial number, unless they could also be a year and a month: 20193. */
static bool is_serial(struct str s)
{
    int64_t n;
    if (s.n != SERIAL_DIGITS || !all_digits(s) || !str_int(s, &n)) return false;
    return n < 19501 || n > 20999;
}

/* Days since 1900 as Excel counts: beyond 1900-03-01 one more than there were. */
static struct day serial(struct str s)
{
    int64_t n = 0;
    str_int(s, &n);
    return day_add(DAY(1899, 12, 30), (int)n);
}

/* Without a time of day: 2019-03-15 08:30:00.0 */
static struct str without_time(struct str s)
{
    size_t colon, at;
    if (!str_find(s, STR(":"), &colon)) return s;
    for (at = colon; at > 0 && isdigit((unsigned char)s.p[at - 1]);)
        at--;
    if (at == 0 || (s.p[at - 1] != ' ' && s.p[at - 1] != 'T')) return s;
    return str_trim(str_sub(s, 0, at - 1));
}

static enum day_read spelled(struct str s, struct day *ret)
{
    s = without_time(s);
    if (typed_day(s, ret)) return DAY_READ;
    return typed_month(s, ret) ? DAY_READ_MONTH : DAY_UNREAD;
}

/* 2019.3 is March; 2019.1 shown with two places is 2019.10. */
static enum day_read fraction(const struct table_cell *cell, struct str plain, struct day *ret)
{
    char text[TEXT_SIZE];
    struct str year, places;
    if (!str_cut(plain, '.', &year, &places) || plain.n >= sizeof text) return DAY_UNREAD;
    if (cell->decimals == 2) {
        snprintf(text, sizeof text, "%.*s", STR_ARG(plain));
        snprintf(text, sizeof text, "%.2f", strtod(text, NULL));
        return spelled(str_from(text), ret);
    }
    if (str_eq(places, STR("1")) && year.n == 4) return DAY_TWO_MONTHS;
    return spelled(plain, ret);
}

enum day_read day_cell(const struct table_cell *cell, struct str plain, struct day *ret)
{
    if (cell->kind == CELL_NUMBER && is_serial(plain)) {
        *ret = cell->day;
        return day_is(cell->day) ? DAY_READ : DAY_UNREAD;
    }
    if (is_serial(plain)) {
        *ret = serial(plain);
        return DAY_READ;
    }
    return cell->kind == CELL_NUMBER && str_find(plain, STR("."), NULL) ? fraction(cell, plain, ret)
                                                                        : spelled(plain, ret);
}

static bool divides(uint32_t c)
{
    return c == U'至' || c == U'到' || c == '~' || c == U'～' || unicode_classes(c) & UNICODE_DASH;
}

/* Where both sides are days. */
bool day_range(struct str plain, struct day *ret_first, struct day *ret_last)
{
    struct day first, last;
    for (size_t at = 0; at < plain.n;) {
        size_t before = at;
        if (!divides(utf8_next(plain, &at))) continue;
        if (!typed_day(str_sub(plain, 0, before), &first) || !typed_day(str_sub(plain, at, plain.n), &last))
            continue;
        *ret_first = first;
        *ret_last = last;
        return true;
    }
    return false;
}
