/* An event thread and its connections. All of them share the listening socket. */
#ifndef HTTP_LOOP_H
#define HTTP_LOOP_H

#include "http/connection.h"
#include "http/forwarded.h"

/* False when files, memory or threads are out; then loop_stop all the same. */
bool loop_start(struct loop *l, struct http_server *s);
/* Takes what waits in the listening socket, and no more: loop->deaf once that is so. */
void loop_quiesce(struct loop *l);
/* Ends the thread and closes every connection; workers must have ended. */
void loop_stop(struct loop *l);
/* From a worker: its answer can be sent. */
void loop_done(struct exchange *x);

#endif
