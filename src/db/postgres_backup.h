/* PostgreSQL's part of db/backup.h. Of backup_engines.c and postgres.c only. */
#ifndef DB_POSTGRES_BACKUP_H
#define DB_POSTGRES_BACKUP_H

#include "db/backup.h"

#include <libpq-fe.h>

/* Through the connection of c, whose snapshot they are about. */
enum status session_count_rows(struct db_conn *c, PGconn *pg, db_count_fn *each, void *arg) MUST_USE;
enum status session_dump(struct db_conn *c, PGconn *pg, db_piece_fn *take, void *arg) MUST_USE;
enum status postgres_is_free(const char *url, struct fault *f) MUST_USE;
enum status postgres_load(const char *url, struct arena *a, db_next_fn *next, void *arg,
                          struct fault *f) MUST_USE;
enum status postgres_aside(const char *url, struct arena *a, struct fault *f, struct str *ret_url) MUST_USE;

#endif
