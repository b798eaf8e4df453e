/* A person's employer, corrected by the association, with the day from which it is so. */
#ifndef APP_MEMBERS_EMPLOYER_H
#define APP_MEMBERS_EMPLOYER_H

#include "app/core/detail.h"
#include "app/members/page.h"

struct employer_change {
    struct company_id to; /* 0: the employer stays */
    struct str name;
    struct day on;
};

/* As typed; problems of fields company and effective_on. A person who is recommended stays: the sheet is
 * stamped by the employer of then. Reads. */
enum status employer_check(struct ctx *c, const struct dossier *d, struct str company,
                           struct str effective_on, struct employer_change *ret) MUST_USE;
/* Right after the person: both companies, in their order, so that nobody disables the new one meanwhile. */
enum status employer_hold(struct ctx *c, const struct employer_change *to, const struct dossier *d) MUST_USE;
/* Inside a transaction, all of them held. ST_CONFLICT: the company may not be chosen any more. */
enum status employer_change(struct ctx *c, const struct employer_change *to, struct dossier *d,
                            struct changes *changes) MUST_USE;

#endif
