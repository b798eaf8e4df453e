/* What every use case is given, and what all of them share. A use case is a function app_NOUN_VERB(c, …): it
 * looks at who is asking, reads, asks the domain, saves, notes what it did (audit), commits. Functions
 * without the prefix are this floor's own parts. */
#ifndef APP_CORE_APP_H
#define APP_CORE_APP_H

#include "base/day.h"
#include "base/status.h"
#include "crypto/keys.h"
#include "crypto/token.h"
#include "domain/member.h"
#include "gen/ids.h"

struct cache;
struct db;
struct db_conn;
struct housekeeping;
struct pending;
struct settings;

/* The association's roles, as bits: an account holds a set of them (product.md, the three sides). */
enum role {
    ROLE_MEMBERSHIP = 1 << 0,
    ROLE_FINANCE = 1 << 1,
    ROLE_TRAINING = 1 << 2,
    ROLE_CONTENT = 1 << 3,
    ROLE_VIEWER = 1 << 4,
    ROLE_SYSTEM = 1 << 5,
    ROLE_SECURITY = 1 << 6,
    ROLE_AUDITOR = 1 << 7,
};

/* Who asks. account is 0 before login, and for the command line; the other ids are 0 where they don't apply.
 */
struct actor {
    enum side side;
    struct account_id account;
    struct member_id member;
    struct company_id company;
    unsigned roles;
    bool main;        /* a company's main clerk */
    bool must_change; /* the password was given out and must be changed first */
    struct str name, company_name;
    struct str member_state; /* stored state, for members */
    struct csrf csrf;        /* of the session, unmasked */
};

/* What the process shares. Read-only after app_open but for what has its own lock. */
struct app {
    struct db *db;
    struct keys *keys;
    const struct settings *settings;
    struct day fixed_today; /* for tests, on a database made by demo; else none */
    bool demo;
    struct cache *cache;
    struct housekeeping *housekeeping; /* beside a server; else NULL */
    struct arena *arena;               /* of the process */
};

struct ctx {
    struct arena *arena;
    struct app *app;
    struct day today; /* taken once, so that nothing changes its mind at midnight */
    int64_t now_ms;
    struct actor actor;
    struct db_conn
        *db; /* what queries go through: a snapshot, or the transaction under way; NULL before either */
    int64_t version; /* of the data that db shows; 0: not asked yet */
    struct pending *pending;
    struct fault fault;
    struct problems problems; /* wrong fields, when a use case answers ST_BAD_INPUT */
};

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
