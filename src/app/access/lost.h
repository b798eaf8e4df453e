/* 忘记密码 without SMS or mail (product.md, accounts and passwords; contract-desks.md, /forgot): who cannot
 * log in chooses a new password and is given a 核对码 of six digits, to be told to a clerk in person or by
 * telephone. The clerk types it (lost_desk.h), and the password works. Until then the old one does. */
#ifndef APP_ACCESS_LOST_H
#define APP_ACCESS_LOST_H

#include "app/core/check.h"
#include "gen/rows.h"

struct lost_input {
    enum side as; /* member or company */
    struct str account, name, password, password_again, address;
};
struct lost_code {
    struct str code; /* six digits */
    struct day until;
};
/* Always a code, whether it is good for anything or not: whether there is such an account, of that name, and
 * whether three wait for it already, is told neither by the answer nor by its time (the same hashes, the same
 * commits). ST_BAD_INPUT: the form itself. ST_TOO_MANY: of the network, or of what was typed as account.
 *
 * At most LIMIT_LOST_PENDING wait for an account; another one takes the place of the oldest of its own
 * network, else it is not kept, and counted as refused. */
enum status app_lost_ask(struct ctx *c, const struct lost_input *in, struct lost_code *ret) MUST_USE;

/* Of who is logged in: what waits for a clerk, for the real holder to see. */
struct lost_own {
    struct lost_id id;
    struct str asked; /* the minute */
    struct day until;
};
struct lost_owns {
    LIST(struct lost_own);
};
enum status app_lost_own(struct ctx *c, struct lost_owns *ret) MUST_USE;
/* 不是我，取消. ST_NOT_FOUND: another account's. One that is over: nothing more happens. */
enum status app_lost_cancel(struct ctx *c, struct lost_id id) MUST_USE;

/* Why an account cannot have what was chosen; the numbers are in databases. */
enum lost_unfit {
    UNFIT_NONE = 0,
    UNFIT_USED = 1,  /* it is one of the last */
    UNFIT_NAMED = 2, /* it holds what the account logs in with */
};

/* For lost_desk.c and feature.c. */
struct bytes lost_code_index(struct ctx *c, struct bytes uid, struct str code);
struct seal_place lost_place(struct bytes uid);
enum status look_at_lost_passwords(struct ctx *c, struct str *ret_wrong) MUST_USE;
enum status lost_sweep(struct ctx *c) MUST_USE;

#endif
