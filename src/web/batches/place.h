/* Where a page of batches begins, as its address says it; the same on both sides. */
#ifndef WEB_BATCHES_PLACE_H
#define WEB_BATCHES_PLACE_H

#include "app/batches/sheet.h"
#include "web/core/web.h"

/* From `after`: the batch above, with an r before it among the rest. What is none is the top. */
struct batch_place batch_place_read(struct web *w);
/* The page that begins there; none when nothing follows. */
struct url batch_place_url(struct web *w, struct url list, struct batch_place place);

#endif
