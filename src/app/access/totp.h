/* A second factor for the association's accounts (contract-desks.md, TOTP): the codes of an authenticator,
 * each good once, and ten on paper for who lost it. account.totp_roles says who must have one. */
#ifndef APP_ACCESS_TOTP_H
#define APP_ACCESS_TOTP_H

#include "app/core/app.h"
#include "gen/rows.h"

#define RECOVERY_CODES 10

struct totp_card {
    bool on, required;
    int64_t left;      /* recovery codes */
    struct str secret; /* to be taken over into an app; of this session until it is on */
};
enum status app_totp(struct ctx *c, struct str token, struct totp_card *ret) MUST_USE;
struct recovery_codes {
    LIST(struct str);
};
/* The first code of the secret that app_totp showed turns it on: the recovery codes are shown once. A wrong
 * one is a problem of field code. ST_CONFLICT: it is on. */
enum status app_totp_on(struct ctx *c, struct str token, struct str code,
                        struct recovery_codes *ret) MUST_USE;
/* With a code or recovery code; the password is asked for by who calls (app_again). */
enum status app_totp_off(struct ctx *c, struct str code) MUST_USE;
/* Of somebody who lost both, by who manages accounts. */
enum status app_totp_reset(struct ctx *c, struct account_id account) MUST_USE;

/* Whether the account has one, in a snapshot or transaction. */
enum status totp_is_on(struct ctx *c, struct account_id account, bool *ret) MUST_USE;
/* In the transaction of what it lets in: whether the code is good, and it is not any more. */
enum status totp_take(struct ctx *c, struct account_id account, struct str code, bool *ret) MUST_USE;

/* For feature.c. */
enum status look_at_totp(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
