/* What whoever runs the server should know, once, in the log: nothing is refused for it. */
#ifndef WEB_CORE_WARNINGS_H
#define WEB_CORE_WARNINGS_H

#include "web/core/web.h"

/* At the start: http that others can read on the way, and a process that may do everything. */
void web_warn_of_setup(const struct site *site, struct str listen);
/* At the first request that a proxy sent on although none is trusted: all of its people are one address. */
void web_warn_of_proxy(const struct web *w);

#endif
