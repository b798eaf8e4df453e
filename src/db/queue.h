/* The discipline of the one write connection: lent to one job after the other in order of arrival; jobs that
 * are done wait together, as a group, for one COMMIT. Knows threads, not SQL.
 *
 *   queue_enter(q, job);                     waits for its turn
 *   … the job writes …
 *   queue_join(q, job);                      if it wants to be committed
 *   if (queue_group_ends(q)) queue_settle(q, COMMIT);
 *   queue_leave(q);                          the next one's turn
 *   outcome = queue_outcome(q, job);         if it joined: waits for the one who settles the group */
#ifndef DB_QUEUE_H
#define DB_QUEUE_H

#include <pthread.h>
#include <stdbool.h>

#define QUEUE_GROUP_JOBS 64 /* jobs in a group at most, so that the first one's wait has an end */

struct job {
    struct job *next;
    pthread_cond_t wake;
    bool ready; /* what it waits for has come: its turn, then the outcome */
    int outcome;
};

struct queue {
    pthread_mutex_t lock;
    struct job *waiting, *waiting_last, *group;
    int n_waiting, n_group;
    bool lent;
    pthread_t holder;
};

void queue_init(struct queue *q);
void queue_destroy(struct queue *q);
bool queue_is_mine(struct queue *q); /* this thread holds the turn: another queue_enter would wait for ever */
int queue_waiting(struct queue *q);

void queue_enter(struct queue *q, struct job *job);
/* For the holder only. */
void queue_join(struct queue *q, struct job *job);
int queue_group_size(struct queue *q);
bool queue_group_ends(struct queue *q); /* nobody waits who could go on with it, or it is full */
void queue_settle(struct queue *q, int outcome);
void queue_leave(struct queue *q);

/* job is over afterwards. queue_forget is for one that did not join. */
int queue_outcome(struct queue *q, struct job *job);
void queue_forget(struct job *job);

#endif
