/* Which path suits a filter and an order. Private to the lists of this floor, and to exports. */
#ifndef APP_MEMBERS_PLAN_H
#define APP_MEMBERS_PLAN_H

#include "app/members/order.h"
#include "app/members/walk.h"

/* In the usual order … */
enum status walk_plan(struct ctx *c, const struct member_filter *f, struct walk *ret) MUST_USE;
/* … or in the one that was asked for. */
enum status walk_plan_sorted(struct ctx *c, const struct member_filter *f, enum member_sort sort,
                             struct walk *ret) MUST_USE;

#endif
