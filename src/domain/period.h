/* Membership periods (product rule: periods are rows, and this is the one place that computes them). Days
 * inclusive. */
#ifndef DOMAIN_PERIOD_H
#define DOMAIN_PERIOD_H

#include "base/day.h"
#include "base/status.h"

struct period {
    struct day first, last;
};

/* What an association sets. */
struct period_rules {
    int years;             /* manual, 入会须知 五.2: 五年为一个缴费期 */
    bool lapsed_continues; /* a lapsed membership goes on from its old end, not from the approval */
};
extern const struct period_rules period_defaults;

/* The period that an approval opens. old_last is the last day of the period before, DAY_NONE for the first
 * one. Approved on or before the old end: continues the day after it. Later: starts on the approval date, or,
 * if the rules say so, continues, unless what continued would be over by then too. */
struct period period_open(const struct period_rules *rules, struct day approved_on, struct day old_last);

/* The calendar years of membership from `first` on: from 2026-11-23, five years end on 2031-11-22; from 29
 * February, on 28 February where the year of the end has no other. */
struct day period_last(struct day first, int years);

/* Yearly cells, which fees are owed for: number 0 … period_years - 1. They cover the period without gap; the
 * last is cut short when the period is. */
int period_years(struct period p);
struct period period_year(struct period p, int number);

int period_days_left(struct day last, struct day today); /* 0 on the last day, negative when over */

/* When the association's approval may be dated (the date of the meeting). */
enum approval_error { APPROVAL_OK = 0, APPROVAL_FUTURE, APPROVAL_BEFORE_RECOMMENDATION };
enum approval_error approval_date_check(struct day approved_on, struct day recommended_on,
                                        struct day today) MUST_USE;
const char *approval_error_text(enum approval_error error); /* "" for APPROVAL_OK */

#endif
