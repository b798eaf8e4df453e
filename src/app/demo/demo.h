/* Synthetic data that looks like an association's: for trying the program out, for its tests and its
 * benchmark. */
#ifndef APP_DEMO_DEMO_H
#define APP_DEMO_DEMO_H

#include "app/core/app.h"

struct demo_options {
    int64_t members;
    int64_t companies;                                        /* 0: one for every 50 members, at least 2 */
    uint64_t seed;                                            /* the same seed and today: the same people */
    struct str password;                                      /* of every account */
    void (*progress)(void *arg, int64_t done, int64_t total); /* rows, after each transaction; or NULL */
    void *progress_arg;
};

struct demo_report {
    int64_t members, companies;
    struct str company;            /* the first: it has people in every state */
    struct str login[STATE_COUNT]; /* ID number of one of them in each state; none when there is nobody */
};

/* Fills a database that has no members and no companies, and marks it as made by demo. ST_CONFLICT when it
 * has some. In transactions of a thousand rows: what was written before a failure stays, so begin again with
 * a new database. Text of a fault is English. */
enum status app_demo(struct ctx *c, const struct demo_options *o, struct demo_report *ret) MUST_USE;

#endif
