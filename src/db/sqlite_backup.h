/* SQLite's part of db/backup.h. Of backup_engines.c and sqlite.c only. */
#ifndef DB_SQLITE_BACKUP_H
#define DB_SQLITE_BACKUP_H

#include "db/backup.h"
#include "db/sqlite_link.h"

enum status link_count_rows(struct db_conn *c, struct link *l, db_count_fn *each, void *arg) MUST_USE;
/* l has read in its snapshot already: the copy is of that. */
enum status link_dump(struct db_conn *c, struct link *l, const char *folder, db_piece_fn *take,
                      void *arg) MUST_USE;
enum status sqlite_is_free(const char *path, struct arena *a, struct fault *f) MUST_USE;
enum status sqlite_load(const char *path, db_next_fn *next, void *arg, struct fault *f) MUST_USE;
/* Never over anything: ST_CONFLICT. */
enum status sqlite_rename(const char *from, const char *to, struct arena *a, struct fault *f) MUST_USE;

#endif
