/* Programs of PostgreSQL that do a part of the work: found, asked for their version, run with a pipe. Their
 * arguments pass through no shell, and no password is among them. */
#ifndef DB_PROGRAM_H
#define DB_PROGRAM_H

#include "base/status.h"

/* The one of PATH and of `versions` (Debian's: a folder for each version, with bin/ in it) that is nearest to
 * `least`, the server's major version, and not older. ST_UNAVAILABLE says what to install. */
#define PROGRAM_VERSIONS "/usr/lib/postgresql"
enum status program_find(const char *name, int least, const char *versions, struct arena *a, struct fault *f,
                         const char **ret) MUST_USE;

struct program {
    int pid, io, said; /* io: its stdout, or what it reads; said: its stderr */
};
/* argv[0] is the path. password, or NULL: PGPASSWORD of the child alone. */
enum status program_start(struct program *p, const char *const *argv, const char *password, bool reads,
                          struct fault *f) MUST_USE;
/* false: it can't be written any more. Raises no SIGPIPE. */
bool program_feed(struct program *p, struct bytes piece);
/* Waits. ST_UNAVAILABLE with the first line that it said, when it did not end well. `stop`: it is not wanted
 * any more. */
enum status program_end(struct program *p, const char *name, bool stop, struct fault *f) MUST_USE;

#endif
