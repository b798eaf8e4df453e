/* Files in the database, in sealed chunks; the same content is stored once. A use case links the file; what
 * nobody links is swept a day after its content last came. */
#ifndef APP_CORE_FILES_H
#define APP_CORE_FILES_H

#include "app/core/check.h"

/* In a transaction of its own before the use case's, or inside one. */
enum status file_store(struct ctx *c, struct bytes content, const char *type, struct str name,
                       struct file_id *ret) MUST_USE;
/* Inside a transaction, after the link to it was changed: it goes at once when nothing else links it. None:
 * nothing happens. */
enum status file_release(struct ctx *c, struct file_id id) MUST_USE;
/* ST_BROKEN: it is not what was stored. */
enum status file_read(struct ctx *c, struct file_id id, struct bytes *ret) MUST_USE;

/* For feature.c. */
enum status files_upgrade(struct ctx *c, bool *ret_more) MUST_USE;
enum status look_at_files(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
