#include "domain/period.h"

const struct period_rules period_defaults = {.years = 5, .lapsed_continues = false};

static const char *const APPROVAL_TEXTS[] = {
    [APPROVAL_OK] = "",
    [APPROVAL_FUTURE] = "批准日期不能晚于今天",
    [APPROVAL_BEFORE_RECOMMENDATION] = "批准日期不能早于企业推荐的日期",
};

/* The day on which so many years are complete: 29 February has its anniversary on 1 March in ordinary years.
 */
static struct day anniversary(struct day first, int years)
{
    struct day same = day_add_years(first, years);
    return same.day == first.day ? same : day_add(same, 1);
}

struct day period_last(struct day first, int years)
{
    return day_add(anniversary(first, years), -1);
}

struct period period_open(const struct period_rules *rules, struct day approved_on, struct day old_last)
{
    struct period fresh = {approved_on, period_last(approved_on, rules->years)};
    if (!day_is(old_last)) return fresh;

    struct day next = day_add(old_last, 1);
    struct period continued = {next, period_last(next, rules->years)};
    bool lapsed = day_cmp(approved_on, old_last) > 0;
    if (!lapsed) return continued;
    bool over = day_cmp(continued.last, approved_on) < 0;
    return rules->lapsed_continues && !over ? continued : fresh;
}

int period_years(struct period p)
{
    int years = 0;
    while (day_cmp(anniversary(p.first, years), p.last) <= 0)
        years++;
    return years;
}

struct period period_year(struct period p, int number)
{
    struct period year = {anniversary(p.first, number), period_last(p.first, number + 1)};
    if (day_cmp(year.last, p.last) > 0) year.last = p.last;
    return year;
}

int period_days_left(struct day last, struct day today)
{
    return day_number(last) - day_number(today);
}

enum approval_error approval_date_check(struct day approved_on, struct day recommended_on, struct day today)
{
    if (day_cmp(approved_on, today) > 0) return APPROVAL_FUTURE;
    if (day_cmp(approved_on, recommended_on) < 0) return APPROVAL_BEFORE_RECOMMENDATION;
    return APPROVAL_OK;
}

const char *approval_error_text(enum approval_error error)
{
    return APPROVAL_TEXTS[error];
}
