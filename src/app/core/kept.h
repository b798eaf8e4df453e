/* What every page asks for again and again, kept in the process: bounded tables of values without pointers. A
 * value says for which version it holds (the data version that the own snapshot shows, or a row's), and a
 * reader takes it for that version only, so nothing stale is ever shown, whichever process wrote; what a
 * transaction reads is not kept, for it may be undone (decision 6). A key has one slot: what is pushed out is
 * read again. */
#ifndef APP_CORE_KEPT_H
#define APP_CORE_KEPT_H

#include "base/str.h"

struct kept;

struct kept *kept_new(size_t slots, size_t key_size, size_t value_size);
void kept_free(struct kept *k); /* NULL is fine; wipes it */

/* key and value are so many bytes as kept_new was told, without padding that differs. Versions are above 0.
 * Any thread. */
bool kept_find(struct kept *k, const void *key, int64_t version, void *ret);
void kept_keep(struct kept *k, const void *key, int64_t version, const void *value);

#endif
