/* What every use case is given: who asks, the day, the database, and where a fault goes. */
#ifndef APP_CORE_CTX_H
#define APP_CORE_CTX_H

#include "base/day.h"
#include "base/status.h"
#include "crypto/keys.h"
#include "crypto/token.h"
#include "domain/member.h"
#include "gen/ids.h"

struct adrift;
struct refusals;
struct ctx;
struct db;
struct db_conn;
struct housekeeping;
struct importer;
struct kept;
struct mark;
struct nightly;
struct pending;
struct settings;
struct settings_now;

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
/* Who reads lists, people, companies, batches and photos, numbers masked (contract-desks.md). Full numbers,
 * exports and every change are asked for by their own role. */
#define ROLES_READ_LISTS (ROLE_MEMBERSHIP | ROLE_FINANCE | ROLE_TRAINING | ROLE_CONTENT | ROLE_VIEWER)

/* Who asks. account is 0 before login, and for the command line; the other ids are 0 where they don't apply.
 */
struct actor {
    enum side side;
    struct account_id account;
    struct member_id member;
    struct company_id company;
    unsigned roles;
    bool main;         /* a company's main clerk */
    bool view_only;    /* a company's clerk who only looks */
    bool adrift;       /* the session is in no table: access/adrift.h */
    bool must_consent; /* has not agreed to the rules in force: core/privacy.h */
    bool must_change;  /* the password must be changed first: it was given out, … */
    bool password_old; /* … or has reached its age */
    bool must_totp;    /* a role of theirs asks for a second factor, and there is none yet */
    struct str name, company_name;
    struct str member_state; /* stored state, for members */
    struct csrf csrf;        /* of the session, unmasked */
    int64_t proved_at;       /* when the password was last typed in it */
};

/* What the process shares. Read-only after app_open but for what has its own lock. */
struct app {
    struct db *db;
    struct keys *keys;
    struct settings_now *settings; /* what is in force, as last read: core/settings.h */
    struct day fixed_today;        /* for tests, on a database made by demo; else none */
    bool demo;
    struct str version, backups; /* this program's; the folder of nightly backups, or none */
    int64_t started_ms;          /* clock_monotonic_ms() */
    struct kept *sessions, *member_counts, *masked; /* core/kept.h; opened by the features that use them */
    struct mark *mark;                              /* NULL without keys */
    struct housekeeping *housekeeping;              /* beside a server; else NULL */
    struct importer *importer;                      /* beside a server; else NULL */
    struct nightly *nightly;                        /* the same */
    struct press *press;           /* draws what is printed, beside a server; NULL: this process does */
    struct adrift *adrift;         /* what waits for room on a full disk: access/adrift.h */
    _Atomic int64_t refusals_over; /* without a row: access/refused.h */
    struct refusals *refusals;     /* what waits for housekeeping: access/refused_soon.h */
    /* What waits to be written comes before anything new: called before a transaction begins, NULL: nothing
     * ever waits. Its failure is that of what would have begun. */
    enum status (*before_write)(struct ctx *c);
    struct arena *arena; /* of the process */
};

/* What somebody asked for that is not there, or not theirs: for the trail and the log. */
struct sought {
    struct member_id member;
    struct company_id company;
    struct batch_id batch;
};

struct ctx {
    struct arena *arena;
    struct app *app;
    struct day today; /* taken once, so that nothing changes its mind at midnight */
    int64_t now_ms;
    struct actor actor;
    const struct settings *settings; /* what is in force, from its first look at the data to its end; NULL
                                        where the database has another schema */
    bool settings_read;              /* from the data: until then they are as the process last saw them */
    struct str address;              /* of the device that asks; none: the command line */
    struct str device;               /* what it says of itself (User-Agent), or none */
    struct db_conn
        *db; /* what queries go through: a snapshot, or the transaction under way; NULL before either */
    int64_t version;          /* of the data that db shows; 0: not asked yet */
    struct company_id direct; /* 协会直管, once it was asked for: companies/direct.h */
    struct pending *pending;
    struct sought sought; /* and was refused */
    int commits;          /* transactions that this request has made durable: it can't be done anew then */
    struct fault fault;
    struct problems problems; /* wrong fields, when a use case answers ST_BAD_INPUT */
};

#endif
