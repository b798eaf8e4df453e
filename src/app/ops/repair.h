/* What is derived from something else in the database, made anew from it: for doctor --repair. What people
 * wrote, periods, employments, sealed values, the trail, is never touched: where those are damaged a backup
 * is what helps. For the command line: English. */
#ifndef APP_OPS_REPAIR_H
#define APP_OPS_REPAIR_H

#include "app/core/app.h"

struct repaired {
    int64_t period_ends, employers, searched, counters; /* rows that differed */
};

/* In one transaction, while others may work; a row of the trail says how much. Nothing differed: nothing is
 * written. */
enum status app_repair(struct ctx *c, struct repaired *ret) MUST_USE;

#endif
