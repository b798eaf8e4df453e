/* Values at rest: XChaCha20-Poly1305 (IETF). Sealed is
 *
 *   suite (1 byte: 1) · key (1 byte: 1 the key file's, 0 a data key) · nonce (24) · ciphertext · tag (16)
 *
 * and the associated data is suite, key, then table, column and the row's uid, and where the row has a place
 * of its own within what the uid names (a chunk of a file, a person of a batch, an account) that as 8 bytes,
 * each with its length (4 bytes) before it, big-endian: a value opens only where it was sealed for. None
 * (NULL in a column) stays none both ways. ST_BROKEN: it does not check: moved, changed, cut, or sealed with
 * another key. */
#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H

#include "crypto/keys.h"

#define SEAL_UID_SIZE 16
#define SEAL_EXTRA    42 /* bytes that sealing adds */

struct seal_place {
    const char *table, *column;
    struct bytes uid; /* of the row, random, SEAL_UID_SIZE bytes */
    bool placed;      /* the row is one of several of that uid: */
    int64_t position; /* which */
};

struct bytes seal(const struct keys *k, struct arena *a, struct seal_place at, struct bytes plain);
enum status unseal(const struct keys *k, struct arena *a, struct seal_place at, struct bytes sealed,
                   struct fault *f, struct bytes *ret) MUST_USE;
/* The same for text. */
struct bytes seal_text(const struct keys *k, struct arena *a, struct seal_place at, struct str plain);
enum status unseal_text(const struct keys *k, struct arena *a, struct seal_place at, struct bytes sealed,
                        struct fault *f, struct str *ret) MUST_USE;

/* One person's key, kept sealed: whoever destroys it has destroyed everything sealed with it. */
struct data_key {
    uint8_t bytes[KEY_SIZE];
};
void data_key_make(struct data_key *ret);
void data_key_wipe(struct data_key *d);
struct bytes data_key_seal(const struct keys *k, struct arena *a, struct seal_place at,
                           const struct data_key *d);
enum status data_key_unseal(const struct keys *k, struct seal_place at, struct bytes sealed, struct fault *f,
                            struct data_key *ret) MUST_USE;
struct bytes seal_with(const struct data_key *d, struct arena *a, struct seal_place at, struct bytes plain);
enum status unseal_with(const struct data_key *d, struct arena *a, struct seal_place at, struct bytes sealed,
                        struct fault *f, struct bytes *ret) MUST_USE;

#endif
