/* Passwords at rest: "$hy1$" and the argon2id string (19 MiB, t=2: OWASP's floor, some 15 ms) of
 * HMAC-SHA-256(pepper, password) in base64.
 *
 * The pepper goes in before the hash, not around it: whoever has the database alone can't try one password
 * either way; but so the stored string is libsodium's own, salt and costs included, and can be verified and
 * rehashed by its functions, where a wrap around it would need a format and a comparison of ours. The price
 * is the same for both: with another key file every password has to be set anew. */
#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H

#include "crypto/seal.h"

#define PASSWORD_BYTES_MAX 512 /* 128 characters */

/* ST_BAD_INPUT: over PASSWORD_BYTES_MAX; ST_UNAVAILABLE: no memory for it. Slow: before a transaction, on a
 * worker. */
enum status password_hash(const struct keys *k, struct arena *a, struct str password, struct fault *f,
                          struct str *ret) MUST_USE;
/* The same with a salt that is not random, so that the same password gives the same text again: for comparing
 * a password with what several people may have left under one name, at the price of one hash. `seed` is
 * secret and of that name alone. */
enum status password_hash_same(const struct keys *k, struct arena *a, struct str password, struct bytes seed,
                               struct fault *f, struct str *ret) MUST_USE;
/* Takes the same time whether `stored` is none (an unknown account), wrong or right. */
bool password_verify(const struct keys *k, struct str stored, struct str password);
/* Made with other costs than today's: hash again while the password is at hand. True for what is not ours. */
bool password_needs_rehash(struct str stored);

/* What is stored of a hash: sealed for its place, so that somebody else's in its stead lets nobody in.
 * "$hy2$" and base64. */
struct str password_seal(const struct keys *k, struct arena *a, struct seal_place at, struct str hash);
/* ST_BROKEN: it was not sealed for there. */
enum status password_unseal(const struct keys *k, struct arena *a, struct seal_place at, struct str stored,
                            struct fault *f, struct str *ret) MUST_USE;

/* A hash as it was stored before it was sealed. */
bool password_is_bare(struct str stored);

/* A hash of a password that nobody knows, to be verified in place of none. */
#define PASSWORD_OF_NOBODY                                                                                   \
    "$hy1$$argon2id$v=19$m=19456,t=2,p=1$6H4nC5vU1cG0kzY0n8Uu0w$W2QmC3rjv0pQvJ6l8k0YtM5nR7sT9uX1zA3bC5dE7fQ"

#endif
