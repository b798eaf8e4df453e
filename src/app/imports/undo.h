/* Out of the register again: an import that is taken back, and one that could not be finished. */
#ifndef APP_IMPORTS_UNDO_H
#define APP_IMPORTS_UNDO_H

#include "app/imports/job.h"

/* In a snapshot: whether anything was done since with whom or what the job brought. ret_why: with what, or
 * none. */
enum status import_newer(struct ctx *c, const struct import_job *job, struct str *ret_why) MUST_USE;
/* Inside a transaction: nobody sees any of it from its commit on, and nobody changes it. */
enum status import_hide(struct ctx *c, const struct import_job *job) MUST_USE;
/* A piece of each step. Nothing happens when it is not ours. */
enum status import_look(struct ctx *c, const struct import_job *job, struct str node) MUST_USE;
enum status import_remove(struct ctx *c, const struct import_job *job, struct str node) MUST_USE;
enum status import_clear(struct ctx *c, const struct import_job *job, struct str node) MUST_USE;

#endif
