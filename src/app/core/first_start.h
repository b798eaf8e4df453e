/* Whether 首次启动 (ops/first_start.h) is finished: for the home of who may go on with it. */
#ifndef APP_CORE_FIRST_START_H
#define APP_CORE_FIRST_START_H

#include "app/core/app.h"

#define FIRST_START_DONE STR("first_start") /* of meta: no step is open */

/* In a snapshot. A database made by demo never begins. */
enum status first_start_open(struct ctx *c, bool *ret) MUST_USE;

#endif
