/* The accounts of the association (contract-desks.md, /staff/accounts): who works with the system, in which
 * roles. Each of system, security and auditor excludes every other role, and somebody who may manage accounts
 * always remains. */
#ifndef APP_ACCESS_STAFF_ACCOUNTS_H
#define APP_ACCESS_STAFF_ACCOUNTS_H

#include "app/core/app.h"
#include "app/core/page.h"
#include "gen/rows.h"

/* Which of them a list shows. */
enum staff_tab { STAFF_ALL, STAFF_ENABLED, STAFF_DISABLED, STAFF_STALE };
#define STAFF_TABS 4
bool staff_tab_parse(struct str code, enum staff_tab *ret); /* "" is all */
const char *staff_tab_code(enum staff_tab tab);
const char *staff_tab_label(enum staff_tab tab);

struct staff_item {
    struct account_full row;
    bool totp;  /* of one alone: it has a second factor */
    bool stale; /* enabled, and nobody logged in to it for account.stale_days */
};
struct staff_items {
    LIST(struct staff_item);
};
struct staff_page {
    struct staff_items items;
    int64_t counts[STAFF_TABS]; /* of what the search finds */
    struct str next, previous;
};
/* By name. q: part of a name, or a role in words. */
enum status app_staff_accounts_list(struct ctx *c, enum staff_tab tab, struct str q,
                                    const struct page_want *want, struct staff_page *ret) MUST_USE;
enum status app_staff_account(struct ctx *c, struct account_id id, struct staff_item *ret) MUST_USE;

struct staff_input {
    struct str name;  /* of a new one; it logs in with that, for good */
    struct str roles; /* words with commas */
    bool enabled;
    struct str once; /* of a new one: app/core/once.h */
};
struct staff_made {
    struct account_id id;
    struct str name, password; /* shown once; none: the same form made it before */
};
/* Wrong fields are problems: name, role, enabled. */
enum status app_staff_account_create(struct ctx *c, const struct staff_input *in,
                                     struct staff_made *ret) MUST_USE;
/* What is disabled has no sessions. ST_CONFLICT: another version. */
enum status app_staff_account_update(struct ctx *c, struct account_id id, const struct staff_input *in,
                                     int64_t version) MUST_USE;
enum status app_staff_account_reset(struct ctx *c, struct account_id id, struct staff_made *ret) MUST_USE;

/* For these and for the command line (staff.c). As it is typed at the login, too; false: it can be nobody's.
 */
bool staff_name_read(struct ctx *c, struct str typed, struct str *ret);
/* Inside a transaction. ST_CONFLICT, without a text: there is one of that name. */
enum status staff_insert(struct ctx *c, struct str name, unsigned roles, struct str hash, bool onetime,
                         struct account_id *ret) MUST_USE;
/* Inside a transaction: the account, held together with whoever may manage accounts. */
enum status staff_hold(struct ctx *c, struct account_id id, struct account_full *ret) MUST_USE;
/* The held account has these roles from now on, enabled or not. ST_CONFLICT, without a text: nobody would be
 * left who may manage accounts. */
enum status staff_stand(struct ctx *c, const struct account_full *was, unsigned roles, bool enabled) MUST_USE;

#endif
