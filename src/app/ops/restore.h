/* A backup is looked at, or becomes the database. For the command line: English. */
#ifndef APP_OPS_RESTORE_H
#define APP_OPS_RESTORE_H

#include "app/core/open.h"
#include "app/ops/doctor.h"
#include "app/ops/manifest.h"

struct restore_watch {
    doctor_line_fn *line; /* what doctor looks at in the database that came of it */
    doctor_progress_fn *progress;
    void *arg;
};

/* Both read every byte of the file first: ST_BROKEN when one was changed or is missing, ST_FORBIDDEN with
 * another key file. Then they fill a database, compare tables, rows and the head of the trail with the
 * manifest, bring one of an earlier schema to this one, and look at it as doctor and audit verify do. A newer
 * schema, and a backup of the other engine, are refused. *ret lives in a.
 *
 * Verify fills a place of its own that is gone afterwards, and tells the trail of o's database; *ret_told is
 * false when that can't be opened, as on another machine. */
enum status app_backup_verify(struct arena *a, const struct app_options *o, const char *path,
                              const struct restore_watch *w, struct fault *f, struct manifest *ret,
                              bool *ret_told) MUST_USE;
/* Restore fills o's database, in which nothing may be: ST_CONFLICT. SQLite: the file has its name when all
 * was found well; PostgreSQL: filled by one transaction. A row of the trail names the backup's head and the
 * one that was kept beside the keys, where the newest one stands afterwards. */
enum status app_restore(struct arena *a, const struct app_options *o, const char *path,
                        const struct restore_watch *w, struct fault *f, struct manifest *ret) MUST_USE;

#endif
