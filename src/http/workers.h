/* A pool of threads with a bounded queue. */
#ifndef HTTP_WORKERS_H
#define HTTP_WORKERS_H

#include <stdbool.h>
#include <stdint.h>

struct workers;

/* way: so much they make way for other threads (nice). NULL when the threads can't be had. */
struct workers *workers_start(int threads, int queue, int way, void (*run)(void *job));
/* False when every worker is busy and `queue` jobs wait already, or after workers_stop. Of an owner's jobs
 * (0: nobody's) one runs at a time; meanwhile those of others go first. */
bool workers_offer(struct workers *w, void *job, uint64_t owner);
/* Waits until every job that was taken has run. */
void workers_stop(struct workers *w);
void workers_free(struct workers *w); /* after workers_stop */

#endif
