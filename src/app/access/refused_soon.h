/* Refusals of short GETs, which run where others wait: they are put down in the process, and housekeeping
 * writes them a moment later (refused.h). */
#ifndef APP_ACCESS_REFUSED_SOON_H
#define APP_ACCESS_REFUSED_SOON_H

#include "app/core/app.h"

/* As app_audit_refused; never waits for the database. Where no housekeeping runs it is written by the next
 * round that somebody calls for. What finds no place is counted. */
void refusal_put(struct ctx *c, enum status why, struct str what);
/* For feature.c. */
void refusals_open(struct app *app); /* ends with the process's arena, and logs what was counted nowhere */
enum status refusals_round(struct ctx *c) MUST_USE; /* writes what waits */

#endif
