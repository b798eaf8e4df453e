#include "base/day.h"

#include <time.h>

#define CHINA_MS    INT64_C(28800000) /* UTC+8 */
#define ERA_DAYS    146097            /* days in 400 years */
#define EPOCH_SHIFT 719468            /* from 0000-03-01 to 1970-01-01 */

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
    static const int8_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : DAYS[month - 1];
}

bool day_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

bool day_is(struct day d)
{
    return d.year != 0;
}

int day_cmp(struct day a, struct day b)
{
    if (a.year != b.year) return a.year < b.year ? -1 : 1;
    if (a.month != b.month) return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* Counts in years that begin in March, so that the leap day is the last: Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms". */
int32_t day_number(struct day d)
{
    int year = d.year - (d.month <= 2);
    int era = year / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_SHIFT;
}

struct day day_from_number(int32_t number)
{
    int32_t shifted = number + EPOCH_SHIFT;
    int era = shifted / ERA_DAYS;
    int day_of_era = shifted - era * ERA_DAYS;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    int year = year_of_era + era * 400 + (month <= 2);
    return DAY((int16_t)year, (int8_t)month, (int8_t)(day_of_year - (153 * shifted_month + 2) / 5 + 1));
}

struct day day_add(struct day d, int days)
{
    return day_from_number(day_number(d) + days);
}

struct day day_add_months(struct day d, int months)
{
    int month_number = d.year * 12 + (d.month - 1) + months;
    int year = month_number / 12, month = month_number % 12 + 1;
    int last = days_in(year, month);
    return DAY((int16_t)year, (int8_t)month, (int8_t)(d.day < last ? d.day : last));
}

struct day day_add_years(struct day d, int years)
{
    return day_add_months(d, years * 12);
}

int day_years_between(struct day from, struct day to)
{
    bool before = to.month < from.month || (to.month == from.month && to.day < from.day);
    return to.year - from.year - before;
}

/* `n` digits at *at, which moves behind them; -1 when there are others. */
static int digits(struct str s, size_t *at, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++, (*at)++) {
        if (*at >= s.n || s.p[*at] < '0' || s.p[*at] > '9') return -1;
        v = v * 10 + (s.p[*at] - '0');
    }
    return v;
}

static bool dash(struct str s, size_t *at)
{
    return *at < s.n && s.p[(*at)++] == '-';
}

bool day_parse(struct str s, struct day *ret)
{
    if (s.n != 10) return false;
    size_t at = 0;
    int year = digits(s, &at, 4);
    if (!dash(s, &at)) return false;
    int month = digits(s, &at, 2);
    if (!dash(s, &at)) return false;
    int day = digits(s, &at, 2);
    if (!day_valid(year, month, day)) return false;
    *ret = DAY((int16_t)year, (int8_t)month, (int8_t)day);
    return true;
}

bool day_parse_month(struct str s, struct day *ret)
{
    if (s.n != 7) return false;
    size_t at = 0;
    int year = digits(s, &at, 4);
    if (!dash(s, &at)) return false;
    int month = digits(s, &at, 2);
    if (!day_valid(year, month, 1)) return false;
    *ret = DAY((int16_t)year, (int8_t)month, 1);
    return true;
}

static void put_digits(char *to, int v, int n)
{
    for (int i = n - 1; i >= 0; i--, v /= 10)
        to[i] = (char)('0' + v % 10);
}

void day_text(struct day d, char ret[DAY_TEXT_SIZE])
{
    if (!day_is(d)) {
        ret[0] = 0;
        return;
    }
    put_digits(ret, d.year, 4);
    put_digits(ret + 5, d.month, 2);
    put_digits(ret + 8, d.day, 2);
    ret[4] = ret[7] = '-';
    ret[10] = 0;
}

struct str day_str(struct arena *a, struct day d)
{
    char text[DAY_TEXT_SIZE];
    day_text(d, text);
    return arena_str(a, str_from(text));
}

struct day day_at(int64_t ms)
{
    int64_t local_ms = ms + CHINA_MS;
    return day_from_number((int32_t)(local_ms / DAY_MS - (local_ms % DAY_MS < 0)));
}

int64_t instant_of(struct day d)
{
    return day_number(d) * DAY_MS - CHINA_MS;
}

struct str instant_str(struct arena *a, int64_t ms)
{
    char *text = arena_alloc(a, sizeof "2026-11-23 16:05:09");
    struct day day = day_at(ms);
    int s = (int)((ms - instant_of(day)) / 1000);
    day_text(day, text);
    put_digits(text + 11, s / 3600, 2);
    put_digits(text + 14, s / 60 % 60, 2);
    put_digits(text + 17, s % 60, 2);
    text[10] = ' ';
    text[13] = text[16] = ':';
    return (struct str){text, sizeof "2026-11-23 16:05:09" - 1};
}

static int64_t read_clock(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t clock_monotonic_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
    return read_clock(CLOCK_MONOTONIC);
}
