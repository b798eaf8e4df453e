/* Patterns of `like … escape '!'`. */
#ifndef APP_CORE_LIKE_H
#define APP_CORE_LIKE_H

#include "base/arena.h"

struct str like_pattern(struct arena *a, struct str part); /* anything that holds part */

#endif
