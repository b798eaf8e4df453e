/* Where a list goes on: key and id of a row, signed, so that nobody walks where the list would not lead.
 * `order` names the list and how it is sorted: in any other the cursor means nothing. */
#ifndef APP_CORE_CURSOR_H
#define APP_CORE_CURSOR_H

#include "app/core/app.h"

/* `key` is what the list is sorted by before the id, as text; or "". */
struct str list_cursor_key(struct ctx *c, const char *order, struct str key, int64_t id);
/* False, and the outputs untouched, for none and for what does not check. */
bool list_cursor_key_read(struct ctx *c, const char *order, struct str cursor, struct str *ret_key,
                          int64_t *ret_id);

/* The same for a list that is sorted by a day. */
struct str list_cursor(struct ctx *c, const char *order, struct day day, int64_t id);
bool list_cursor_read(struct ctx *c, const char *order, struct str cursor, struct day *ret_day,
                      int64_t *ret_id);

#endif
