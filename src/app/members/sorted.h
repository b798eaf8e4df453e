/* The association's lists by name, by waiting, and by ends with those who have none behind: an index each,
 * the stored states merged. Private to the lists of this floor. */
#ifndef APP_MEMBERS_SORTED_H
#define APP_MEMBERS_SORTED_H

#include "app/members/path.h"

/* Up to `limit` rows behind `from`, nearest first. */
enum status sorted_step(struct ctx *c, const struct walk *w, struct spot from, bool back, int64_t limit,
                        struct member_lines *ret) MUST_USE;
/* `more` behind `all`, of which there is room. */
void lines_append(struct member_lines *all, const struct member_lines *more);

#endif
