/* Walks a list of people along its path (path.h). Which path suits a filter and an order: plan.h. Private to
 * the lists of this floor. */
#ifndef APP_MEMBERS_WALK_H
#define APP_MEMBERS_WALK_H

#include "app/members/path.h"

/* In the usual order, from the people themselves. */
enum status walk_of(struct ctx *c, const struct member_filter *f, struct walk *ret) MUST_USE;
/* Up to `most` rows behind `from` that the filter keeps, nearest first. */
enum status walk_step(struct ctx *c, const struct walk *w, struct spot from, bool back, int64_t most,
                      struct walk_rows *ret) MUST_USE;

#endif
