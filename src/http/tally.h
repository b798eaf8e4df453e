/* Who holds how much of what all share: connections, and bytes of bodies under way. A holder is an address or
 * a session. For any thread. */
#ifndef HTTP_TALLY_H
#define HTTP_TALLY_H

#include "base/str.h"

#include <stdbool.h>

struct tally;
struct holder;

struct tally *tally_new(void); /* NULL without memory */
void tally_free(struct tally *t);
/* The holder of that name; of an IPv6 address its /64, which one person has whole. NULL without memory. Give
 * each back with tally_leave. */
struct holder *tally_address(struct tally *t, const char *address);
struct holder *tally_session(struct tally *t, uint64_t session);
void tally_leave(struct tally *t, struct holder *h);
/* One more connection; false, and none more, when there are `most` already. */
bool tally_connect(struct tally *t, struct holder *h, int most);
void tally_disconnect(struct tally *t, struct holder *h);
/* So many bytes more; false, and none more, when that would be over `most`. */
bool tally_take(struct tally *t, struct holder *h, size_t bytes, size_t most);
void tally_give(struct tally *t, struct holder *h, size_t bytes);

#endif
