/* How far the data is that a request sees. */
#ifndef APP_CORE_VERSION_H
#define APP_CORE_VERSION_H

#include "app/core/ctx.h"

/* The state of the data that this snapshot shows: the number of the newest audit row, which every change that
 * anyone caches moves on, in whichever process. */
enum status data_version(struct ctx *c, int64_t *ret) MUST_USE;

#endif
