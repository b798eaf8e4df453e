/* How many people are in which state, by the counters. */
#ifndef APP_CORE_COUNTS_H
#define APP_CORE_COUNTS_H

#include "app/core/app.h"

/* 共 n 条 of each tab, today. */
struct member_counts {
    int64_t of[STATE_COUNT]; /* [STATE_NONE]: all */
};

/* Of a company, or of all (0). */
enum status member_counts_read(struct ctx *c, struct company_id company, struct member_counts *ret) MUST_USE;
void counts_open(struct app *app); /* for feature.c */

#endif
