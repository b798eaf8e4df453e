/* Calendar days (proleptic Gregorian), and the clock. Year 0 means "none". Text form YYYY-MM-DD (GB/T 7408).
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/arena.h"

struct day {
    int16_t year;
    int8_t month, day;
};

#define DAY(y, m, d)  ((struct day){(y), (m), (d)})
#define DAY_NONE      ((struct day){0})
#define DAY_TEXT_SIZE 11

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

bool day_valid(int year, int month, int day); /* a real date, years 1 to 9999 */
bool day_is(struct day d);                    /* not none */
int day_cmp(struct day a, struct day b);
int32_t day_number(struct day d); /* days since 1970-01-01 */
struct day day_from_number(int32_t number);
struct day day_add(struct day d, int days);
/* The same day of the month so many months on; the last of the month where that does not exist. */
struct day day_add_months(struct day d, int months);
struct day day_add_years(struct day d, int years);
int day_years_between(struct day from, struct day to); /* whole years, as an age is counted */
bool day_parse(struct str s, struct day *ret);         /* exactly YYYY-MM-DD, real */
bool day_parse_month(struct str s, struct day *ret);   /* exactly YYYY-MM: its first */
void day_text(struct day d, char ret[DAY_TEXT_SIZE]);  /* "" for none */
struct str day_str(struct arena *a, struct day d);
/* The day at an instant in UTC+8, fixed: China has one time zone and no summer time. */
struct day day_at(int64_t ms);
/* An instant in UTC+8 as 2026-11-23 16:05:09. */
struct str instant_str(struct arena *a, int64_t ms);
int64_t instant_of(struct day d); /* its first millisecond in UTC+8 */

int64_t clock_now_ms(void); /* UTC, milliseconds since 1970 */
int64_t clock_monotonic_us(void);
int64_t clock_monotonic_ms(void); /* for time-outs */

#endif
