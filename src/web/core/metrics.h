/* What a server did and how it stands, as Prometheus reads it (text format 0.0.4), on an address of its own
 * (--metrics): numbers by route and status, and nothing of anybody. Bounded: the routes are those of the
 * table, the codes those below. */
#ifndef WEB_CORE_METRICS_H
#define WEB_CORE_METRICS_H

#include "web/core/route.h"

struct metrics;
struct http_server;

/* Serves GET /metrics at `listen` until metrics_stop; *ret counts from now on. */
enum status metrics_start(struct site *site, struct str listen, struct fault *f,
                          struct metrics **ret) MUST_USE;
void metrics_watch(struct metrics *m,
                   struct http_server *server); /* whose connections are told; m may be NULL */
void metrics_stop(struct metrics *m);           /* NULL is fine */

/* One answer. route: NULL where none was found. Any thread; m: NULL where nobody wants to know. */
void metrics_note(struct metrics *m, const struct route *route, int status, int64_t took_us);
/* The text, without what the database says. */
void metrics_text(const struct metrics *m, struct buf *to);

#endif
