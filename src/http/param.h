/* Header values of the form  value; name=word; name="quoted word". */
#ifndef HTTP_PARAM_H
#define HTTP_PARAM_H

#include "base/arena.h"

struct str param_main(struct str header);         /* what stands before the first ';', trimmed */
bool param_is(struct str text, const char *word); /* letter case aside */
/* The first parameter of that name, unquoted, in the arena. False when there is none or it is malformed. A
 * backslash escapes a quote only, and not the one that ends the word ("C:\photos\"): old browsers send paths
 * of files with single backslashes in them. */
bool param_find(struct arena *a, struct str header, const char *name, struct str *ret);
/* Whether some parameter's name begins so, well formed or not. */
bool param_begins(struct str header, const char *name);

#endif
