/* Archives from outside (ZIP), read from memory, an entry at a time, never written anywhere: a name is only
 * compared. */
#ifndef MEDIA_UNZIP_H
#define MEDIA_UNZIP_H

#include "base/status.h"

struct unzip;
struct unzip_entry;

/* `file` must live as long as the arena. All entries together may unpack to `most` bytes, whatever the
 * archive says of them. ST_BAD_INPUT: none, damaged, or with too many entries. */
MUST_USE enum status unzip_begin(struct arena *a, struct fault *f, struct bytes file, uint64_t most,
                                 struct unzip **ret);
size_t unzip_count(const struct unzip *z);
/* With / between folders and none in front; in the arena of unzip_begin. What is no UTF-8 is taken for
 * GB18030, as Chinese Windows writes it. A folder's ends in /. */
struct str unzip_name(const struct unzip *z, size_t at);
/* By that name, capitals or not. ST_NOT_FOUND; ST_BAD_INPUT when there are two. */
MUST_USE enum status unzip_find(const struct unzip *z, struct fault *f, struct str name, size_t *ret_at);

/* Closed when `a` ends. ST_BAD_INPUT: encrypted, or packed in a way that nobody uses here. */
MUST_USE enum status unzip_open(struct arena *a, struct unzip *z, struct fault *f, size_t at,
                                struct unzip_entry **ret);
/* The next bytes, 0 at the end. ST_BAD_INPUT: damaged, or beyond what may be unpacked. */
MUST_USE enum status unzip_read(struct unzip_entry *e, struct fault *f, char *to, size_t size, size_t *ret_n);

#endif
