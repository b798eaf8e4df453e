/* The whole database in one file, made while the server works. The keys are never in it. For the command
 * line: English. */
#ifndef APP_OPS_BACKUP_H
#define APP_OPS_BACKUP_H

#include "app/core/app.h"
#include "app/ops/manifest.h"

#include <stdatomic.h>

/* Everything that was acknowledged before *ret's moment is in it, from one snapshot; no writer waits. `path`
 * appears at the end, whole and durable, mode 0600, over nothing: ST_CONFLICT when something is there. A
 * process that is killed leaves a hidden folder beside it, which the next backup removes. `version` is this
 * program's. */
enum status app_backup(struct ctx *c, struct str version, const char *path, struct manifest *ret) MUST_USE;
/* The same; `stop`, or NULL: true ends it between two pieces with ST_UNAVAILABLE. */
enum status backup_make(struct ctx *c, struct str version, const char *path, const atomic_bool *stop,
                        struct manifest *ret) MUST_USE;

#endif
