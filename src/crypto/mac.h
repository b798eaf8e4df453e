/* HMAC-SHA-256 over fields, and SHA-256. Each field goes in with its length before it, so that no two lists
 * of fields give the same bytes, and none differs from empty. */
#ifndef CRYPTO_MAC_H
#define CRYPTO_MAC_H

#include "base/str.h"

#include <sodium/crypto_auth_hmacsha256.h>
#include <sodium/crypto_hash_sha256.h>

#define MAC_SIZE 32

struct mac {
    crypto_auth_hmacsha256_state state;
};

void mac_begin(struct mac *m, const uint8_t key[32]);
void mac_bytes(struct mac *m, struct bytes field); /* 8 bytes of length, big-endian, then the field */
void mac_str(struct mac *m, struct str field);     /* the same */
void mac_int(struct mac *m, int64_t field);        /* as a field of 8 bytes, big-endian */
void mac_end(struct mac *m, uint8_t ret[MAC_SIZE]);

/* Plain RFC 2104, nothing put in front of the text. */
void mac_once(const uint8_t *key, size_t key_n, struct bytes text, uint8_t ret[MAC_SIZE]);
bool mac_same(const uint8_t a[MAC_SIZE], const uint8_t b[MAC_SIZE]); /* in constant time */

/* SHA-256 of what comes in pieces. */
struct digest {
    crypto_hash_sha256_state state;
};
void digest_begin(struct digest *d);
void digest_add(struct digest *d, struct bytes piece);
void digest_end(struct digest *d, uint8_t ret[32]);

#endif
