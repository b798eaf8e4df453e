/* Codes of an authenticator (RFC 6238 as every app makes them: SHA-1, six digits, steps of 30 seconds). */
#ifndef CRYPTO_TOTP_H
#define CRYPTO_TOTP_H

#include "crypto/keys.h"

#define TOTP_SECRET 20 /* bytes */
#define TOTP_DIGITS 6

int64_t totp_step(int64_t ms); /* in which step an instant is */
/* As people type it into an app: base32, 32 characters. */
struct str totp_secret_text(struct arena *a, const uint8_t secret[TOTP_SECRET]);
/* The code of a step, with a NUL. False: it can't be made. */
bool totp_code(const uint8_t secret[TOTP_SECRET], int64_t step, char ret[TOTP_DIGITS + 1]);
/* The step whose code this is: the one of now, the one before or behind it, but later than `last`, for a code
 * is good once. 0: of none of them. */
int64_t totp_match(const uint8_t secret[TOTP_SECRET], struct str code, int64_t now, int64_t last);
/* A secret of this session and account, the same until it is kept: nothing is stored before a code was made.
 */
void totp_secret_for(const struct keys *k, struct bytes token_hash, int64_t account,
                     uint8_t ret[TOTP_SECRET]);

#endif
