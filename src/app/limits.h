/* How often someone may try: counted in the table `attempt` by keyed hash of whom it concerns. */
#ifndef APP_LIMITS_H
#define APP_LIMITS_H

#include "app/app.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS   INT64_C(3600000)

/* ST_TOO_MANY, with when to come back, if there were `most` in the last `span_ms`. */
enum status limit_check(struct ctx *c, const char *kind, struct str subject, int64_t most,
                        int64_t span_ms) MUST_USE;
/* Inside a transaction. */
enum status limit_note(struct ctx *c, const char *kind, struct str subject) MUST_USE;
enum status limit_clear(struct ctx *c, const char *kind, struct str subject) MUST_USE;
/* Check and note. */
enum status limit_take(struct ctx *c, const char *kind, struct str subject, int64_t most,
                       int64_t span_ms) MUST_USE;

#endif
