/* What doctor looks at in people's rows: rows of feature.c. */
#ifndef APP_MEMBERS_CHECKS_H
#define APP_MEMBERS_CHECKS_H

#include "app/core/check.h"

enum status look_at_period_ends(struct ctx *c, struct str *ret_wrong) MUST_USE;
enum status look_at_employers(struct ctx *c, struct str *ret_wrong) MUST_USE;
/* Of the newest thousand. */
enum status look_at_search_index(struct ctx *c, struct str *ret_wrong) MUST_USE;
/* ID numbers, mobile numbers and the people's own keys. */
enum status look_at_people(struct ctx *c, struct str *ret_wrong) MUST_USE;
/* Those that no font here has. */
enum status look_at_characters(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
