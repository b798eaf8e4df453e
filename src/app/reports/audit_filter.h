/* What the auditor asks the trail for (contract-desks.md, Audit filters). */
#ifndef APP_REPORTS_AUDIT_FILTER_H
#define APP_REPORTS_AUDIT_FILTER_H

#include "app/core/app.h"

/* As it was typed: every field may be none or empty. */
struct audit_asked {
    struct str from, to, event, account, member, company, address, result;
};

enum audit_outcome { AUDIT_ANY, AUDIT_OK, AUDIT_REFUSED };

struct audit_accounts {
    LIST(struct account_id);
};

struct audit_filter {
    struct day from, to; /* both days are in it */
    struct str event, address;
    enum audit_outcome outcome;
    struct member_id member;
    struct company_id company;
    bool by_account;
    struct audit_accounts accounts;              /* by_account: those with that login name, of any side */
    struct audit_accounts of_member, of_company; /* as actors */
    struct str words;                            /* as the trail tells it */
};

/* ST_BAD_INPUT with a problem for each wrong field: days, an event that no table knows, a number, an address
 * that is too long. Reads. */
enum status audit_filter_read(struct ctx *c, const struct audit_asked *asked,
                              struct audit_filter *ret) MUST_USE;
/* Nothing is asked for: all rows. */
bool audit_filter_is_all(const struct audit_filter *f);

#endif
