/* Days and months in the spellings in which people write them; stored and shown are YYYY-MM-DD (base/day.h).
 */
#ifndef DOMAIN_TYPED_DAY_H
#define DOMAIN_TYPED_DAY_H

#include "base/day.h"

/* What a refusal says. */
#define TYPED_DAY_HOW "请按年-月-日填写，如 2026-11-23"

/* 2026-1-5, 2026/01/05, 2026.1.5, 2026 1 5, 2026年1月5日, 二〇二六年一月五日, 20260105; digits and marks of
 * either width, blanks anywhere between; a midnight behind it, as spreadsheets add, says nothing. The year
 * comes first and has four digits: other orders could mean another day. False where it is none of these, or
 * no real day. */
bool typed_day(struct str typed, struct day *ret);

/* 2019-3, 2019/03, 2019.3, 2019年3月, 2019年3月份, 201903: its first; of a whole day the month that it is in.
 */
bool typed_month(struct str typed, struct day *ret);

#endif
