/* A pool of threads with a bounded queue. */
#ifndef HTTP_WORKERS_H
#define HTTP_WORKERS_H

#include <stdbool.h>

struct workers;

/* NULL when the threads can't be had. */
struct workers *workers_start(int threads, int queue, void (*run)(void *job));
/* False when every worker is busy and `queue` jobs wait already, or after workers_stop. */
bool workers_offer(struct workers *w, void *job);
/* Waits until every job that was taken has run. */
void workers_stop(struct workers *w);
void workers_free(struct workers *w); /* after workers_stop */

#endif
