/* Who stands in a sheet twice: what makes a row the same as another, and in which row that came first. */
#ifndef APP_IMPORTS_REPEATED_H
#define APP_IMPORTS_REPEATED_H

#include "base/arena.h"

struct repeated;

struct repeated *repeated_new(struct arena *a);
/* The row in which this key came first; 0: it is new, and noted. A key is a text without NUL, of one sort. */
uint32_t repeated_before(struct repeated *r, struct str key, uint32_t row);

#endif
