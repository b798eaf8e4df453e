/* Jobs run piece by piece, each piece a transaction under the job's lease, so that whoever works on a job may
 * be killed at any moment: another takes it up where it stands (design.md 34). One thread beside the server,
 * or the command line itself. */
#ifndef APP_IMPORTS_RUN_H
#define APP_IMPORTS_RUN_H

#include "app/core/app.h"
#include "app/imports/step.h"

/* One piece of a job, as `node`. *ret_more: it is ours, and not over. A failure of the database leaves it
 * as it stands; of anything else the job is taken back, and fails. */
enum status import_piece(struct ctx *c, struct job_id id, struct str node, bool *ret_more) MUST_USE;
/* A job that nobody works on; id 0: none. Those that were checked and forgotten are given up. */
enum status import_due(struct ctx *c, struct job_id *ret) MUST_USE;

/* Piece after piece until the job waits for somebody, or is over: for the command line. */
typedef void import_progress_fn(void *arg, int64_t done, int64_t total);
enum status import_run(struct ctx *c, struct job_id id, struct str node, import_progress_fn *progress,
                       void *arg) MUST_USE;
struct str import_node(struct arena *a); /* a name for who works: random */

bool importer_start(struct app *app); /* false: no thread can be had */
void importer_stop(struct app *app);  /* at the end of a piece; nothing where there is none */
void importer_wake(struct app *app);  /* there is something to do */

#endif
