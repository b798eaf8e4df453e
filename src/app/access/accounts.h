/* Accounts: logging in, passwords, who may. One table for the three sides. */
#ifndef APP_ACCESS_ACCOUNTS_H
#define APP_ACCESS_ACCOUNTS_H

#include "app/access/limits.h"
#include "app/core/check.h"
#include "gen/rows.h"

struct login_input {
    enum side as;
    struct str account, password, address;
};
/* login.c. ST_BAD_INPUT, with one problem of field password that does not say which was wrong; ST_TOO_MANY
 * when locked: by account and network, by account (but from networks that logged in to it before), by network
 * over all accounts. On success a session's token. A password that was given out works once, and some days
 * (account.onetime_days). */
enum status app_login(struct ctx *c, const struct login_input *in, struct str *ret_token) MUST_USE;
/* The same, and where a second factor is asked for besides, the password lets in half way: no token, but what
 * app_login_code wants; else ret_half is none. (app_login lets nobody in who has one.) */
enum status app_login_begin(struct ctx *c, const struct login_input *in, struct str *ret_token,
                            struct str *ret_half) MUST_USE;
/* The second half, within some minutes: a code of the authenticator, or a recovery code. Wrong ones are
 * failed logins, and a problem of field code. ST_LOGIN: `half` is over, or the password is another by now. */
enum status app_login_code(struct ctx *c, struct str half, struct str code, struct str address,
                           struct str *ret_token) MUST_USE;

/* Ends the account's other sessions and gives this one a new token. ST_CONFLICT: the password was changed or
 * the account disabled meanwhile. */
enum status app_password_change(struct ctx *c, struct str current, struct str password, struct str again,
                                struct str *ret_token) MUST_USE;

/* The password typed again in this session: what the table of routes asks that for is open for
 * account.again_minutes, and what was typed before is filled in again. Wrong ones count as those of a change.
 * ST_LOGIN: the session ended meanwhile. */
enum status app_again(struct ctx *c, struct str token, struct str password) MUST_USE;

/* A staff account, for the command line. Roles that the security standard keeps apart exclude every other. */
enum status app_staff_add(struct ctx *c, struct str name, struct str roles, struct str password) MUST_USE;
enum status app_staff_set_password(struct ctx *c, struct str name, struct str password) MUST_USE;
/* These from now on, and no others. ST_CONFLICT, as below: it is the last that may manage accounts. */
enum status app_staff_set_roles(struct ctx *c, struct str name, struct str roles) MUST_USE;
/* It logs in no more, and its sessions end. */
enum status app_staff_disable(struct ctx *c, struct str name) MUST_USE;
/* By what is typed at the login: a member's ID number, a company's name or credit code, a name of staff.
 * ST_NOT_FOUND. Reads. */
enum status account_find(struct ctx *c, enum side side, struct str typed, struct account_full *ret) MUST_USE;

/* Problems of field password (rules of the side) and password_again. */
void password_check_new(struct problems *ps, enum side side, struct str account, struct str password,
                        struct str again);
/* The hash to seal. Slow on purpose: before any transaction. */
enum status account_hash(struct ctx *c, struct str password, struct str *ret) MUST_USE;
/* For account.password: it is good for the account of this side and login alone. */
struct str account_password_seal(struct ctx *c, struct str side, struct str login, struct str hash);
/* ST_BROKEN: it is another account's, or was written past the program. */
enum status account_password_open(struct ctx *c, struct str side, struct str login, struct str sealed,
                                  struct str *ret_hash) MUST_USE;
/* For account.mobile_sealed, of who logs in with a mobile number; without one *ret is untouched. */
struct bytes account_mobile_seal(struct ctx *c, struct str side, struct str login, struct str mobile);
enum status account_mobile_open(struct ctx *c, const struct account_full *account, struct str *ret) MUST_USE;
/* The hash; none, with which no password is right, where it does not open. */
struct str account_password(struct ctx *c, const struct account_full *account);
/* What the password must not hold: what the account logs in with, a member's ID number, a company's name, a
 * clerk's mobile number. */
enum status account_words(struct ctx *c, const struct account_full *account, struct str *ret) MUST_USE;
/* An account and a network, as one keyed hash. */
struct bytes login_pair_key(struct ctx *c, const struct account_full *account, struct str network);
/* Inside a transaction: failed logins to the account, from wherever, and those from there no longer keep its
 * holder out. */
enum status login_forgive(struct ctx *c, const struct account_full *account, struct bytes from) MUST_USE;
/* The failures of a network over all accounts. */
struct limit limit_login_network(struct ctx *c, struct str network);
/* A one-time password for an account (or the association's fixed initial one), to be changed at first use;
 * its sessions end. Inside a transaction; `hash` comes from account_hash before it. */
struct str password_one_time(struct ctx *c);
enum status account_reset(struct ctx *c, const struct account_full *account, struct str hash,
                          bool onetime) MUST_USE;

/* For feature.c. */
enum status accounts_upgrade(struct ctx *c, bool *ret_more) MUST_USE;
enum status look_at_passwords(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
