#include "crypto/mac.h"

#include <sodium.h>

static void add_number(struct mac *m, uint64_t v)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(v >> (56 - 8 * i));
    crypto_auth_hmacsha256_update(&m->state, bytes, sizeof bytes);
}

void mac_begin(struct mac *m, const uint8_t key[32])
{
    crypto_auth_hmacsha256_init(&m->state, key, 32);
}

void mac_bytes(struct mac *m, struct bytes field)
{
    add_number(m, field.p ? field.n : UINT64_MAX);
    if (field.p) crypto_auth_hmacsha256_update(&m->state, field.p, field.n);
}

void mac_str(struct mac *m, struct str field)
{
    mac_bytes(m, str_bytes(field));
}

void mac_int(struct mac *m, int64_t field)
{
    add_number(m, 8);
    add_number(m, (uint64_t)field);
}

void mac_end(struct mac *m, uint8_t ret[MAC_SIZE])
{
    crypto_auth_hmacsha256_final(&m->state, ret);
    sodium_memzero(m, sizeof *m);
}

void mac_once(const uint8_t *key, size_t key_n, struct bytes text, uint8_t ret[MAC_SIZE])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, key_n);
    crypto_auth_hmacsha256_update(&state, text.p, text.n);
    crypto_auth_hmacsha256_final(&state, ret);
    sodium_memzero(&state, sizeof state);
}

bool mac_same(const uint8_t a[MAC_SIZE], const uint8_t b[MAC_SIZE])
{
    return sodium_memcmp(a, b, MAC_SIZE) == 0;
}

void digest_begin(struct digest *d)
{
    crypto_hash_sha256_init(&d->state);
}

void digest_add(struct digest *d, struct bytes piece)
{
    crypto_hash_sha256_update(&d->state, piece.p, piece.n);
}

void digest_end(struct digest *d, uint8_t ret[32])
{
    crypto_hash_sha256_final(&d->state, ret);
    sodium_memzero(d, sizeof *d);
}
