/* A form sent twice acts once: the second finds where the first one's answer is. */
#ifndef APP_CORE_ONCE_H
#define APP_CORE_ONCE_H

#include "app/core/app.h"

struct str once_token(struct ctx *c); /* random, for an address */
/* Inside a transaction. Takes `once` for this account with the answer to give, or (ret_earlier) finds the
 * answer that was given. None of both when `once` is none: the client does not ask for it. */
enum status once_take(struct ctx *c, struct str once, struct str answer, struct str *ret_earlier) MUST_USE;

/* Was it taken? For what is checked before a transaction. */
enum status once_taken(struct ctx *c, struct str once, bool *ret) MUST_USE;

#endif
