/* What was typed once put into the forms of a rendered page again: after a login in mid-work, and when a page
 * had stood too long. Any page, any form: the page itself knows nothing of it. */
#ifndef WEB_CORE_REFILL_H
#define WEB_CORE_REFILL_H

#include "base/buf.h"
#include "http/http.h"

struct refill {
    struct str action; /* the form that posts there, by itself or by one of its buttons */
    struct str notice; /* stands first on the page */
    struct str number; /* with it: of the request that was refused, or none */
    const struct http_pairs *fields;
};
/* `page` is HTML that our templates made: attributes in double quotes, no '<' or '>' in them. Tokens, files
 * and passwords stay as the page has them. A page without such a form gets the notice alone. ret is not
 * initialised yet. */
void refill(struct str page, const struct refill *r, struct buf *ret);

#endif
