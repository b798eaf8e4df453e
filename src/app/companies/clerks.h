/* 经办人: a company's clerks (contract-desks.md, /company/clerks). The main one keeps the others: each has a
 * mobile number to log in with, unique among all companies' clerks, and may be one who only looks. The trail
 * names who did what. Everything here is for the main clerk. */
#ifndef APP_COMPANIES_CLERKS_H
#define APP_COMPANIES_CLERKS_H

#include "app/core/app.h"
#include "gen/rows.h"

struct clerk {
    struct account_full row;
    struct str mobile; /* in full; none: the main one logs in with the company's name */
};
struct clerks {
    LIST(struct clerk);
};
/* The main one first. */
enum status app_clerks_list(struct ctx *c, struct clerks *ret) MUST_USE;
/* ST_NOT_FOUND: another company's, or the main one's, which the association keeps. */
enum status app_clerk(struct ctx *c, struct account_id id, struct clerk *ret) MUST_USE;

struct clerk_input {
    struct str name, mobile;
    bool view_only, enabled;
    struct str once; /* of a new one: app/core/once.h */
};
struct clerk_made {
    struct account_id id;
    struct str name, mobile, password; /* shown once; none: the same form made it before */
};
/* Wrong fields are problems. ST_CONFLICT: there are LIMIT_CLERKS already. */
enum status app_clerk_create(struct ctx *c, const struct clerk_input *in, struct clerk_made *ret) MUST_USE;
/* Who is disabled has no sessions. ST_CONFLICT: another version. */
enum status app_clerk_update(struct ctx *c, struct account_id id, const struct clerk_input *in,
                             int64_t version) MUST_USE;
enum status app_clerk_reset(struct ctx *c, struct account_id id, struct clerk_made *ret) MUST_USE;

#endif
