/* How often someone may try: counted in the table `attempt` by keyed hash of whom it concerns. */
#ifndef APP_ACCESS_LIMITS_H
#define APP_ACCESS_LIMITS_H

#include "app/core/app.h"

/* At most `most` in the last `span_ms`; 0: counted, never refused. */
struct limit {
    const char *kind;
    struct str subject;
    int64_t most, span_ms;
};

/* Inside a transaction, from which on the subject is held, so that tries at the same time do not pass
 * together: ST_TOO_MANY, with when to come back, or one more is counted. Who takes several takes them in one
 * order. ret may be NULL: then it is not to be given back. */
enum status limit_take(struct ctx *c, const struct limit *l, struct attempt_id *ret) MUST_USE;
/* What turned out not to count. */
enum status limit_give_back(struct ctx *c, struct attempt_id id) MUST_USE;
enum status limit_clear(struct ctx *c, const struct limit *l) MUST_USE;
/* How many in the last span_ms, without holding anything. */
enum status limit_count(struct ctx *c, const struct limit *l, int64_t *ret) MUST_USE;
/* ST_TOO_MANY with Retry-After and the minutes in words; `until_ms` is when the next try is good. */
enum status limit_wait(struct ctx *c, int64_t until_ms) MUST_USE;
/* When fewer than l->most will be left in the span. 0: now. */
enum status limit_free_at(struct ctx *c, const struct limit *l, int64_t *ret_ms) MUST_USE;

/* By which a subject is counted. */
struct bytes limit_key(struct ctx *c, struct str subject);
/* Subjects. Neighbours share a network: /24, or the /56 that one customer is given of IPv6. What is no
 * address (a socket's "unix") stands for itself. */
struct str limit_network(struct ctx *c, struct str address);
/* The address itself; of IPv6 the network, for whoever has one address there has all of them. */
struct str limit_address(struct ctx *c, struct str address);

#endif
