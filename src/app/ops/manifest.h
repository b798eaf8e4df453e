/* What a backup says of itself: lines of text, the last of which seals the others with the trail's key.
 * Whoever opens the archive without this program reads here what it is:
 *
 *   huiyuan-backup 1
 *   version 0.1.0
 *   engine sqlite
 *   schema 10
 *   moment 2026-11-27T13:05:06.123Z      everything that was acknowledged before it is in it
 *   key 0123456789abcdef                 which key file belongs to it
 *   head 4711 0123…                      the newest row of the trail
 *   rows TABLE 42                        one for each table
 *   sha256 0123…                         of the member `database`
 *   seal 0123…                           HMAC-SHA-256 of all lines above
 */
#ifndef APP_OPS_MANIFEST_H
#define APP_OPS_MANIFEST_H

#include "app/core/head.h"

struct table_count {
    struct str name;
    int64_t rows;
};
struct table_counts {
    LIST(struct table_count);
};

struct manifest {
    struct str version, engine, key;
    int64_t schema, moment_ms;
    struct head head;
    struct table_counts tables;
    uint8_t sha256[32];
};

/* Always as long for the same tables and numbers, whatever the hash. */
struct str manifest_text(struct arena *a, const struct keys *k, const struct manifest *m);
/* ST_FORBIDDEN: it belongs to another key file; ST_BROKEN: damaged, or changed by who has not the key. Texts
 * live in `text`. */
enum status manifest_read(struct arena *a, const struct keys *k, struct str text, struct fault *f,
                          struct manifest *ret) MUST_USE;
int64_t manifest_rows(const struct manifest *m); /* of all tables */
/* UTC, with milliseconds: 2026-11-27T13:05:06.123Z */
struct str moment_str(struct arena *a, int64_t ms);

#endif
