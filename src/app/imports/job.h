/* A job under its lease: who works on it, how far it is, how it ends. Private to this room. */
#ifndef APP_IMPORTS_JOB_H
#define APP_IMPORTS_JOB_H

#include "app/core/ledger.h"
#include "app/imports/staged.h"
#include "app/imports/step.h"

#define IMPORT_ROWS     20    /* of a transaction, a few ms: others write in between */
#define IMPORT_PERIODS  1000  /* of memberships, which are seen at once */
#define IMPORT_LEASE_MS 10000 /* a worker that has not said anything for so long is gone */

/* A job as it stands, with what its codes mean. */
struct import_job {
    struct job_full row;
    enum import_kind kind;
    enum import_state state;
    enum import_step step;
};

/* The membership desk; the command line has its role without an account. */
enum status import_may(struct ctx *c) MUST_USE;
enum status import_job_load(struct ctx *c, struct job_id id, struct import_job *ret) MUST_USE;
/* Inside a transaction: the lease is ours until it ends, and renewed; *ret is read then. False: it is
 * another's by now, or over. */
enum status import_job_keep(struct ctx *c, struct job_id id, struct str node, struct import_job *ret,
                            bool *ret_ours) MUST_USE;
enum status import_job_progress(struct ctx *c, const struct job_full *row) MUST_USE;
/* Its next step, or (STEP_NONE) its end. why: of what failed, or "". */
enum status import_job_move(struct ctx *c, const struct import_job *job, enum import_state state,
                            enum import_step step, struct str why) MUST_USE;
enum status import_note(struct ctx *c, const char *event, const struct job_full *row,
                        struct str note) MUST_USE;

#endif
