/* Where an open SQLite database lies: its file, the WAL and the shared memory beside it, by device and inode
 * as they were when it was opened. Whoever moves, replaces or deletes one of them under the server leaves it
 * with files that nobody else sees: what it writes there is written into nothing. SQLite itself does not
 * look. Nor does it when one is cut short or written over where it lies (cp onto it): they never shrink by
 * themselves, but the WAL. Of sqlite.c only. */
#ifndef DB_PLACE_H
#define DB_PLACE_H

#include "base/arena.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/types.h>

/* The path as it was given, then the file that it led to, with what lies beside that. */
enum place_file { PLACE_GIVEN, PLACE_MAIN, PLACE_WAL, PLACE_SHM, PLACE_FILES };

struct place {
    const char *path[PLACE_FILES];
    dev_t device[PLACE_FILES];
    ino_t inode[PLACE_FILES];
    _Atomic off_t size[PLACE_FILES]; /* the largest that was seen */
    atomic_bool cut;                 /* one was smaller than it had been */
    unsigned files_cut;              /* of base/machine.h, when it was noted */
};

/* Of a connection that has read in WAL mode, so that all of them are there; false when one is not. */
bool place_note(struct place *p, struct arena *a, const char *given, sqlite3 *handle);
/* Every path still leads to the file that is open, and that is whole: four calls of stat. */
bool place_holds(struct place *p);
/* The files are still these, but what they held is gone: what is written to them does not mend them. For
 * good. */
bool place_was_cut(const struct place *p);
/* The file system takes writes, and has room for some. Of a quota it knows nothing. */
bool place_has_room(const struct place *p);

#endif
