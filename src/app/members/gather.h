/* Lists that no index has in the order asked for: read whole while they are small, and sorted in memory.
 * Private to the lists of this floor. */
#ifndef APP_MEMBERS_GATHER_H
#define APP_MEMBERS_GATHER_H

#include "app/members/walk.h"

/* The walk in another order. It stays as it is when there are more than GATHERED_MAX people. */
enum status gather_sorted(struct ctx *c, struct walk *w, enum member_sort sort) MUST_USE;

/* Starts from the approvals instead of the people, while these are few. */
enum status gather_approved(struct ctx *c, struct walk *w) MUST_USE;

#endif
