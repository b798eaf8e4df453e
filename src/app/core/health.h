/* For whoever spreads requests over several servers: whether this one can do everything, or only show pages.
 * Nothing is written. */
#ifndef APP_CORE_HEALTH_H
#define APP_CORE_HEALTH_H

#include "app/core/ctx.h"

/* HEALTH_DRAINING is the web floor's to say. */
enum health { HEALTH_OK, HEALTH_READ_ONLY, HEALTH_NO_DATABASE, HEALTH_DRAINING };
enum health app_health(struct ctx *c);

#endif
