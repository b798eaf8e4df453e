/* Several texts as one, to be sealed together: each as decimal length, ':', bytes. */
#ifndef APP_CORE_PACK_H
#define APP_CORE_PACK_H

#include "base/arena.h"
#include "base/buf.h"

void pack_put(struct buf *b, struct str s);
/* The next text of *rest, which moves on; false at the end or where it is not packed text. */
bool pack_next(struct str *rest, struct str *ret);

/* The fields of a thing that changes over the years: '=' and then name, text, name, text. What is kept is
 * found by its name alone, so a later version may add, drop and move fields and still reads what an earlier
 * one wrote.
 */
void pack_fields(struct buf *b); /* first, once */
void pack_field(struct buf *b, const char *name, struct str value);
/* None where nothing of that name was packed (an empty text was), or where it is not packed by name. */
struct str pack_field_of(struct str packed, const char *name);
/* What was packed without names, in this order, by name; what has names stays as it is. False: it is neither,
 * or ends before the order does. */
bool pack_named(struct arena *a, struct str packed, const char *const *order, size_t n, struct str *ret);

#endif
