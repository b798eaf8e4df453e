/* Numbers of the database for whoever watches over the machine: nothing of anybody. */
#ifndef APP_CORE_MEASURES_H
#define APP_CORE_MEASURES_H

#include "app/core/app.h"
#include "gen/rows.h"

struct measures {
    int64_t sessions;  /* seen in the last half hour */
    int64_t backup_at; /* the last one that went well; 0: none did */
    struct jobs_by_state_rows jobs;
    int waiting; /* threads that wait for their turn to write, or for a connection */
};

enum status app_measures(struct ctx *c, struct measures *ret) MUST_USE;

#endif
