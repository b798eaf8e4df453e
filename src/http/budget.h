/* What bodies under way may hold, all together, of one address and of one session (design: resources have
 * budgets). The last quarter of each is for small forms: who sends large ones shuts nobody out. */
#ifndef HTTP_BUDGET_H
#define HTTP_BUDGET_H

#include "http/tally.h"

#include <stdatomic.h>

struct budget {
    struct tally *tally;
    size_t most, most_address, most_session;
    atomic_size_t held;
};

struct debt {
    struct holder *address, *session; /* session may be NULL */
    size_t bytes;
};
/* Whose it is; false without memory. `session` 0: nobody is logged in. */
bool budget_open(struct budget *b, struct debt *d, const char *address, uint64_t session);
/* The debt becomes `bytes`, when that is more. 0, or the status of a refusal, the debt left as it is: 429
 * when the address or the session holds too much, 503 when all together do. */
int budget_grow(struct budget *b, struct debt *d, size_t bytes);
void budget_pay(struct budget *b, struct debt *d); /* gives all back, twice is fine */

#endif
