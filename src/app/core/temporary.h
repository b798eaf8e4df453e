/* Files on disk while they are made. Exports hold ID numbers in full: so they lie in a folder that nobody
 * else can open, beside an SQLite database or else under TMPDIR, and their names are gone before anyone reads
 * them. */
#ifndef APP_CORE_TEMPORARY_H
#define APP_CORE_TEMPORARY_H

#include "app/core/app.h"

struct temporary {
    struct str folder, path;
    bool there;
};

/* A folder of its own (0700) and the path of a file in it, which is not there yet. Both are removed by
 * temporary_remove, or when c->arena ends, whatever happened. Needs a snapshot. ST_UNAVAILABLE when the disk
 * refuses. */
enum status temporary_make(struct ctx *c, const char *name, struct temporary **ret) MUST_USE;
void temporary_remove(struct temporary *t);

/* Removes what a process that was killed has left behind and nobody touched for so long, by the machine's own
 * clock as the files are dated: c->now_ms may be a test's. Needs a snapshot. */
enum status temporary_sweep(struct ctx *c, int64_t age_ms) MUST_USE;

/* An empty file that only this user reads. ST_CONFLICT when something of that name is there: nothing is
 * overwritten. English: the command line gives such paths. */
enum status file_create(struct fault *f, const char *path, int *ret_fd) MUST_USE;
/* A file as memory, until the arena ends; it may be unlinked at once. */
enum status file_map(struct arena *a, struct fault *f, const char *path, struct bytes *ret) MUST_USE;

#endif
