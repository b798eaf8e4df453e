/* How often someone may try: counted in the table `attempt` by keyed hash of whom it concerns. */
#ifndef APP_ACCESS_LIMITS_H
#define APP_ACCESS_LIMITS_H

#include "app/core/app.h"

/* ST_TOO_MANY, with when to come back, if there were `most` in the last `span_ms`. */
enum status limit_check(struct ctx *c, const char *kind, struct str subject, int64_t most,
                        int64_t span_ms) MUST_USE;
/* Inside a transaction. */
enum status limit_note(struct ctx *c, const char *kind, struct str subject) MUST_USE;
enum status limit_clear(struct ctx *c, const char *kind, struct str subject) MUST_USE;
/* Check and note. */
enum status limit_take(struct ctx *c, const char *kind, struct str subject, int64_t most,
                       int64_t span_ms) MUST_USE;

/* Subjects. Neighbours share a network: /24, or the /48 that one customer is given of IPv6. What is no
 * address (a socket's "unix") stands for itself. */
struct str limit_network(struct ctx *c, struct str address);
/* The address itself; of IPv6 the network, for whoever has one address there has all of them. */
struct str limit_address(struct ctx *c, struct str address);

#endif
