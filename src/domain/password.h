/* What a password must be. Hashing, one-time passwords and wiping are crypto's. */
#ifndef DOMAIN_PASSWORD_H
#define DOMAIN_PASSWORD_H

#include "base/status.h"
#include "domain/codes.h"

#define PASSWORD_MIN 8 /* characters */
#define PASSWORD_MAX 128

enum password_error {
    PASSWORD_OK = 0,
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_UNPRINTABLE,        /* not UTF-8, or control characters */
    PASSWORD_LETTERS_AND_DIGITS, /* a member's needs both */
    PASSWORD_CLASSES, /* a company's and a staff member's: capitals, small letters, digits, others: three of
                         them */
    PASSWORD_ACCOUNT,
    PASSWORD_COMMON,
};
#define PASSWORD_ERROR_COUNT 8

/* account: the login name; six of its characters in a row (all, if it is shorter) must not appear, in either
 * case. An account of one or two characters is not looked for, none (STR_NONE) neither. */
enum password_error password_check(struct str password, struct str account, enum side side) MUST_USE;
const char *password_error_text(enum password_error error); /* "" for PASSWORD_OK */

/* Whether it is on the list of common passwords, in either case. */
bool password_is_common(struct str password);

#endif
