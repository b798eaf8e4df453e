#include "crypto/seal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define SUITE     1
#define NONCE     crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG       crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEAD      2
#define PLACE_MAX 256

_Static_assert(HEAD + NONCE + TAG == SEAL_EXTRA, "the layout in the header");

enum key_version { KEY_OF_DATA = 0, KEY_OF_FILE = 1 };

struct associated {
    uint8_t p[HEAD + PLACE_MAX];
    size_t n;
};

static void add_field(struct associated *d, const void *p, size_t n)
{
    /* Tables and columns are literals: one that does not fit is a mistake in the program. */
    if (d->n + 4 + n > sizeof d->p) abort();
    for (int i = 0; i < 4; i++)
        d->p[d->n++] = (uint8_t)(n >> (24 - 8 * i));
    if (n) memcpy(d->p + d->n, p, n);
    d->n += n;
}

static void add_position(struct associated *d, int64_t position)
{
    uint8_t p[8];
    for (int i = 0; i < 8; i++)
        p[i] = (uint8_t)((uint64_t)position >> (56 - 8 * i));
    add_field(d, p, sizeof p);
}

static struct associated associated_data(enum key_version version, struct seal_place at)
{
    struct associated d = {.p = {SUITE, (uint8_t)version}, .n = HEAD};
    add_field(&d, at.table, strlen(at.table));
    add_field(&d, at.column, strlen(at.column));
    add_field(&d, at.uid.p, at.uid.n);
    if (at.placed) add_position(&d, at.position);
    return d;
}

static struct bytes seal_by(const uint8_t *key, enum key_version version, struct arena *a,
                            struct seal_place at, struct bytes plain)
{
    if (!plain.p) return (struct bytes){0};
    struct associated d = associated_data(version, at);
    uint8_t *out = arena_alloc(a, plain.n + SEAL_EXTRA);
    out[0] = SUITE;
    out[1] = (uint8_t)version;
    randombytes_buf(out + HEAD, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + HEAD + NONCE, NULL, plain.p, plain.n, d.p, d.n, NULL,
                                               out + HEAD, key);
    return (struct bytes){out, plain.n + SEAL_EXTRA};
}

/* Into `ret`, which has room for all but SEAL_EXTRA bytes of `sealed`. */
static enum status open_by(const uint8_t *key, enum key_version version, struct seal_place at,
                           struct bytes sealed, struct fault *f, uint8_t *ret)
{
    struct associated d = associated_data(version, at);
    const uint8_t *box = sealed.p + HEAD + NONCE;
    if (sealed.p[0] == SUITE && sealed.p[1] == version &&
        crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, box, sealed.n - HEAD - NONCE, d.p, d.n,
                                                   sealed.p + HEAD, key) == 0)
        return ST_OK;
    return fail_detail(f, ST_BROKEN, "sealed value of %s.%s does not check", at.table, at.column);
}

static enum status unseal_by(const uint8_t *key, enum key_version version, struct arena *a,
                             struct seal_place at, struct bytes sealed, struct fault *f, struct bytes *ret)
{
    if (!sealed.p) {
        *ret = (struct bytes){0};
        return ST_OK;
    }
    if (sealed.n < SEAL_EXTRA)
        return fail_detail(f, ST_BROKEN, "sealed value of %s.%s is cut", at.table, at.column);
    /* One more, zero, so that text is also a C string. */
    uint8_t *out = arena_alloc(a, sealed.n - SEAL_EXTRA + 1);
    enum status status = open_by(key, version, at, sealed, f, out);
    if (status == ST_OK) *ret = (struct bytes){out, sealed.n - SEAL_EXTRA};
    return status;
}

struct bytes seal(const struct keys *k, struct arena *a, struct seal_place at, struct bytes plain)
{
    return seal_by(keys_use(k, KEY_SEAL), KEY_OF_FILE, a, at, plain);
}

enum status unseal(const struct keys *k, struct arena *a, struct seal_place at, struct bytes sealed,
                   struct fault *f, struct bytes *ret)
{
    return unseal_by(keys_use(k, KEY_SEAL), KEY_OF_FILE, a, at, sealed, f, ret);
}

struct bytes seal_text(const struct keys *k, struct arena *a, struct seal_place at, struct str plain)
{
    return seal(k, a, at, str_bytes(plain));
}

enum status unseal_text(const struct keys *k, struct arena *a, struct seal_place at, struct bytes sealed,
                        struct fault *f, struct str *ret)
{
    struct bytes plain;
    enum status status = unseal(k, a, at, sealed, f, &plain);
    if (status == ST_OK) *ret = (struct str){(const char *)plain.p, plain.n};
    return status;
}

void data_key_make(struct data_key *ret)
{
    randombytes_buf(ret->bytes, sizeof ret->bytes);
}

void data_key_wipe(struct data_key *d)
{
    sodium_memzero(d, sizeof *d);
}

struct bytes data_key_seal(const struct keys *k, struct arena *a, struct seal_place at,
                           const struct data_key *d)
{
    return seal(k, a, at, (struct bytes){d->bytes, sizeof d->bytes});
}

enum status data_key_unseal(const struct keys *k, struct seal_place at, struct bytes sealed, struct fault *f,
                            struct data_key *ret)
{
    struct data_key d;
    if (!sealed.p || sealed.n != sizeof d.bytes + SEAL_EXTRA)
        return fail_detail(f, ST_BROKEN, "data key in %s.%s is gone or cut", at.table, at.column);
    enum status status = open_by(keys_use(k, KEY_SEAL), KEY_OF_FILE, at, sealed, f, d.bytes);
    if (status == ST_OK) *ret = d;
    data_key_wipe(&d);
    return status;
}

struct bytes seal_with(const struct data_key *d, struct arena *a, struct seal_place at, struct bytes plain)
{
    return seal_by(d->bytes, KEY_OF_DATA, a, at, plain);
}

enum status unseal_with(const struct data_key *d, struct arena *a, struct seal_place at, struct bytes sealed,
                        struct fault *f, struct bytes *ret)
{
    return unseal_by(d->bytes, KEY_OF_DATA, a, at, sealed, f, ret);
}
