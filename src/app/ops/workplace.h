/* A hidden folder (0700) in which a backup is made or looked at before anybody may take it for one. Its owner
 * holds a lock on it: one whose lock can be had was left by a process that was killed, and the next workplace
 * in the same folder sweeps it away. */
#ifndef APP_OPS_WORKPLACE_H
#define APP_OPS_WORKPLACE_H

#include "base/status.h"

/* Gone, with what lies in it, when the arena ends. ST_UNAVAILABLE: nothing can be written there. */
enum status workplace_make(struct arena *a, const char *beside, struct fault *f, const char **ret) MUST_USE;
/* "." for a bare name. */
const char *folder_of_path(struct arena *a, const char *path);

#endif
