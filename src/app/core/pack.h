/* Several texts as one, to be sealed together: each as decimal length, ':', bytes. */
#ifndef APP_CORE_PACK_H
#define APP_CORE_PACK_H

#include "base/buf.h"

void pack_put(struct buf *b, struct str s);
/* The next text of *rest, which moves on; false at the end or where it is not packed text. */
bool pack_next(struct str *rest, struct str *ret);

#endif
