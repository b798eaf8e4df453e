/* What every use case is given, and what all of them share. A use case is a function app_NOUN_VERB(c, …): it
 * looks at who is asking, reads, asks the domain, saves, notes what it did (audit), commits. Functions
 * without the prefix are this floor's own parts. */
#ifndef APP_CORE_APP_H
#define APP_CORE_APP_H

#include "app/core/ctx.h"

struct app_options {
    struct str db_url, keys_path; /* keys_path may be none: "keys" beside an SQLite database */
    struct str today;             /* YYYY-MM-DD or none */
    int connections;
    bool create;     /* migrate and demo: make database and keys that are not there */
    bool any_schema; /* migrate and doctor: open whatever version there is, without keys and settings */
    bool (*may)(void *arg, const char *what); /* tests: db/db.h, db_may_fn */
    void *may_arg;
};

/* Opens the database, refuses another schema or another key, loads the settings. Text of a fault is English.
 */
enum status app_open(const struct app_options *o, struct fault *f, struct app **ret) MUST_USE;
void app_close(struct app *app);
/* Brings the database to this version (opened with create and any_schema). A new one gets its key, the
 * built-in unit and the first link of the trail. Afterwards app is as app_open would have left it. */
enum status app_migrate(struct app *app, const struct app_options *o, struct fault *f,
                        int *ret_applied) MUST_USE;

/* A request or a command begins. */
void ctx_init(struct ctx *c, struct app *app, struct arena *a);

/* One snapshot for the reads of a request; does nothing when there is one, or a transaction. */
enum status app_read(struct ctx *c) MUST_USE;
void app_read_end(struct ctx *c);
/* A transaction: reads and writes go through it until it is committed or rolled back. Audit rows and counters
 * noted meanwhile are written with it. Rolled back when the arena ends first. */
enum status app_begin(struct ctx *c) MUST_USE;
enum status app_commit(struct ctx *c) MUST_USE;
void app_rollback(struct ctx *c);
/* The state of the data that this snapshot shows: the number of the newest audit row, which every change that
 * anyone caches moves on, in whichever process. */
enum status data_version(struct ctx *c, int64_t *ret) MUST_USE;
/* Whatever is still open: the request is over. */
void app_end(struct ctx *c);

/* Whether the database answers. */
enum status app_alive(struct ctx *c) MUST_USE;

/* Who may: ST_FORBIDDEN otherwise. A role the actor lacks is refused even if the routes table forgot it. */
enum status need_side(struct ctx *c, enum side side) MUST_USE;
enum status need_role(struct ctx *c, unsigned any_of) MUST_USE;
/* The same words for what is not there and what is not theirs. */
static inline enum status not_found(struct ctx *c)
{
    return fail(&c->fault, ST_NOT_FOUND, "没有找到，或不属于本单位");
}
/* ST_BAD_INPUT when a field was found wrong, else ST_OK. */
enum status problems_status(struct ctx *c) MUST_USE;

#endif
