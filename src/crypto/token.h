/* Tokens that go to browsers and come back. Their texts are base64url without padding; exactly one text is
 * right. */
#ifndef CRYPTO_TOKEN_H
#define CRYPTO_TOKEN_H

#include "crypto/keys.h"

#define TOKEN_TEXT 43 /* characters of 32 bytes */

/* A session or link: 256 random bits. Stored is only its SHA-256, 32 bytes. */
struct str token_make(struct arena *a);
struct bytes token_hash(struct arena *a, struct str token);

/* The cookie before login: nothing is stored for it, its signature says that it is ours. */
struct str pre_make(const struct keys *k, struct arena *a);
bool pre_check(const struct keys *k, struct str cookie);

/* The token of forms, bound to the session's or the pre cookie. Each page shows it under another random mask,
 * so that compression tells nothing about it (BREACH); all of them are good as long as the cookie is. */
struct str csrf_make(const struct keys *k, struct arena *a, struct str cookie);
/* The same in two steps, for who makes many for one cookie: what it signs to (a secret), and that masked. */
struct csrf {
    uint8_t bytes[16]; /* of 32: nobody guesses 128 bits, and every page shows them masked */
};
void csrf_of(const struct keys *k, struct str cookie, struct csrf *ret);
struct str csrf_mask(struct arena *a, const struct csrf *csrf);
bool csrf_check(const struct keys *k, struct str cookie, struct str token);

/* The captcha's answer, sealed, in a cookie. The nonce is for spending it: unique, 16 bytes, in the arena.
 * Open says false for a forged or expired one. */
struct str captcha_seal(const struct keys *k, struct arena *a, struct str answer, int64_t expires_ms);
bool captcha_open(const struct keys *k, struct arena *a, struct str cookie, int64_t now_ms,
                  struct str *ret_answer, struct bytes *ret_nonce);

/* A text that comes back: readable, not forgeable, good for one purpose. False for anything that signed_make
 * did not make for it. */
struct str signed_make(const struct keys *k, struct arena *a, const char *purpose, struct str text);
bool signed_read(const struct keys *k, struct arena *a, const char *purpose, struct str token,
                 struct str *ret);

#endif
