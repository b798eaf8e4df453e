/* A backup's outside: a plain POSIX tar that any tar lists and unpacks, with two members, `manifest` (text)
 * and `database` (the engine's own form). Read strictly: every byte that is not the manifest's or the
 * database's is what this program would have written there, so a byte that was changed anywhere is found.
 * Sizes beyond 8 GB are written in base 256, as GNU and BSD tar do. */
#ifndef APP_OPS_ARCHIVE_H
#define APP_OPS_ARCHIVE_H

#include "base/status.h"
#include "crypto/mac.h"

struct archive {
    int fd;
    const char *path;
    struct str manifest;
    int64_t database_at, database_n;
    struct digest digest; /* of the database's bytes, as far as they went through */
    int64_t done;
};

/* Writing: the manifest's length is known from the beginning, its text at the end. ST_UNAVAILABLE: no room.
 */
enum status archive_begin(struct archive *ar, int fd, const char *path, size_t manifest_n,
                          struct fault *f) MUST_USE;
enum status archive_add(struct archive *ar, struct bytes piece, struct fault *f) MUST_USE;
/* ret: SHA-256 of the database, for the manifest. */
void archive_digest(const struct archive *ar, uint8_t ret[32]);
/* Durable when it returns. manifest is as long as was said. */
enum status archive_end(struct archive *ar, struct str manifest, int64_t at_ms, struct fault *f) MUST_USE;

/* Reading: closed with the arena. ST_BROKEN: not a backup, cut off, or damaged. */
enum status archive_open(struct arena *a, const char *path, struct fault *f, struct archive **ret) MUST_USE;
/* The database's next piece, which lives until the following call; none at its end. */
enum status archive_next(struct archive *ar, uint8_t *piece, size_t size, struct fault *f,
                         struct bytes *ret) MUST_USE;
void archive_rewind(struct archive *ar);

#endif
