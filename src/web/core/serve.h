/* The server, from start to stop. */
#ifndef WEB_CORE_SERVE_H
#define WEB_CORE_SERVE_H

#include "web/core/web.h"

struct serving_options {
    struct str listen, metrics; /* metrics: an address of its own (web/core/metrics.h), or none */
    int threads, drain_s;
};

/* Until SIGTERM or SIGINT. Then /healthz is bad for drain_s seconds (or until a second signal) while
 * everything is served, and the requests under way are finished. Text of a fault is English. */
enum status web_serve(struct site *site, const struct serving_options *how, struct fault *f) MUST_USE;

#endif
