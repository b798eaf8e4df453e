/* What doctor looks at in batches: rows of feature.c. What was printed, and what was decided on, opens where
 * it stands. */
#ifndef APP_BATCHES_CHECKS_H
#define APP_BATCHES_CHECKS_H

#include "app/core/check.h"

enum status look_at_prints(struct ctx *c, struct str *ret_wrong) MUST_USE;
enum status look_at_decided(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
