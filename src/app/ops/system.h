/* How the machine and the database stand: for who runs them (contract-desks.md, /staff/system). */
#ifndef APP_OPS_SYSTEM_H
#define APP_OPS_SYSTEM_H

#include "app/core/app.h"
#include "app/core/head.h"
#include "app/core/todo_kind.h"
#include "gen/rows.h"

/* When these last went well, as the trail says; 0: never. */
struct system_facts {
    int64_t backup_at, verified_at, keys_checked_at;
};

struct system_now {
    struct system_facts facts;
    struct str engine; /* SQLite, PostgreSQL */
    int64_t uptime_ms, database_bytes;
    int64_t nightly_at;       /* when the next one is due; 0: it is off */
    struct str nightly_wrong; /* English, or none */
    struct system_jobs_rows jobs;
    struct head head;
};

/* ST_FORBIDDEN: not a system administrator. */
enum status app_system(struct ctx *c, struct system_now *ret) MUST_USE;
/* In a snapshot. */
enum status system_facts(struct ctx *c, struct system_facts *ret) MUST_USE;

/* 待办 of the system administrator, for feature.c: what doctor and the page say of it. */
enum status todo_backup(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;
enum status todo_key_copy(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;
enum status todo_disk(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;

#endif
