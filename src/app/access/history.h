/* The passwords that an account had before: the newest that somebody chose are not used again
 * (account.password_history). */
#ifndef APP_ACCESS_HISTORY_H
#define APP_ACCESS_HISTORY_H

#include "app/core/app.h"
#include "gen/rows.h"

/* Whether it is one of them, the present one aside. Slow, a hash for each: before any transaction, on a
 * worker; ends the snapshot. */
enum status password_was_used(struct ctx *c, const struct account_full *account, struct str password,
                              bool *ret) MUST_USE;
/* The same with the present one among them, of which this is the hash, and at the same price whatever there
 * is: account 0 has none. */
enum status password_was_used_alike(struct ctx *c, const struct account_full *account, struct str present,
                                    struct str password, bool *ret) MUST_USE;
/* In the transaction that gives the account another: the one that it has now, of which this is the hash, is
 * an earlier one, if somebody chose it. None: it does not open, and is forgotten. */
enum status password_remember(struct ctx *c, const struct account_full *account, struct str hash) MUST_USE;

/* For feature.c. */
enum status look_at_earlier_passwords(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
