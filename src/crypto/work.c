#include "crypto/work.h"

#include "crypto/token.h"

#include <sodium.h>
#include <string.h>

#define PURPOSE     "work"
#define NONCE       16
#define BOUND       16
#define TEXT        (8 + 1 + NONCE + BOUND) /* when it ends, bits, nonce, whose */
#define ANSWER_MAX  512
#define NUMBER_SIZE 4

static void put(uint8_t *p, uint64_t v, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = (uint8_t)(v >> (8 * (n - 1 - i)));
}

static void whose(struct str cookie, uint8_t ret[BOUND])
{
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const uint8_t *)cookie.p, cookie.n);
    memcpy(ret, hash, BOUND);
}

struct str work_make(const struct keys *k, struct arena *a, struct str bound_to, int bits, int64_t expires_ms)
{
    uint8_t text[TEXT];
    put(text, (uint64_t)expires_ms, 8);
    text[8] = (uint8_t)bits;
    randombytes_buf(text + 9, NONCE);
    whose(bound_to, text + 9 + NONCE);
    struct str challenge = signed_make(k, a, PURPOSE, (struct str){(const char *)text, sizeof text});
    return arena_fmt(a, "%.*s.%d", STR_ARG(challenge), bits);
}

/* What the challenge says, whether or not anyone has worked it out. */
static bool read_challenge(const struct keys *k, struct arena *a, struct str bound_to, struct str challenge,
                           struct work *ret)
{
    struct str text;
    uint8_t bound[BOUND];
    if (!signed_read(k, a, PURPOSE, challenge, &text) || text.n != TEXT) return false;
    const uint8_t *p = (const uint8_t *)text.p;
    whose(bound_to, bound);
    if (memcmp(bound, p + 9 + NONCE, BOUND) != 0) return false;
    uint64_t expires = 0;
    for (int i = 0; i < 8; i++)
        expires = expires << 8 | p[i];
    *ret = (struct work){.bits = p[8], .expires_ms = (int64_t)expires, .nonce = {p + 9, NONCE}};
    return true;
}

static bool begins_with_zeros(const uint8_t hash[crypto_hash_sha256_BYTES], int bits)
{
    for (int i = 0; i < bits; i++)
        if (hash[i / 8] & (0x80 >> (i % 8))) return false;
    return true;
}

static bool piece_good(const uint8_t seed[crypto_hash_sha256_BYTES], int i, int64_t n, int bits)
{
    uint8_t text[crypto_hash_sha256_BYTES + 2 * NUMBER_SIZE], hash[crypto_hash_sha256_BYTES];
    memcpy(text, seed, crypto_hash_sha256_BYTES);
    put(text + crypto_hash_sha256_BYTES, (uint64_t)i, NUMBER_SIZE);
    put(text + crypto_hash_sha256_BYTES + NUMBER_SIZE, (uint64_t)n, NUMBER_SIZE);
    crypto_hash_sha256(hash, text, sizeof text);
    return begins_with_zeros(hash, bits);
}

bool work_check(const struct keys *k, struct arena *a, struct str bound_to, struct str answer, int64_t now_ms,
                struct work *ret)
{
    struct str challenge, numbers, number;
    struct work w;
    uint8_t seed[crypto_hash_sha256_BYTES];
    if (answer.n > ANSWER_MAX || !str_cut(answer, '.', &challenge, &numbers)) return false;
    if (!read_challenge(k, a, bound_to, challenge, &w) || now_ms >= w.expires_ms) return false;
    crypto_hash_sha256(seed, (const uint8_t *)challenge.p, challenge.n);
    for (int i = 0; i < WORK_PIECES; i++) {
        int64_t n;
        bool more = str_cut(numbers, '-', &number, &numbers);
        if (more != (i < WORK_PIECES - 1) || !str_int(number, &n) || n < 0 || n > UINT32_MAX) return false;
        if (!piece_good(seed, i, n, w.bits)) return false;
    }
    *ret = w;
    return true;
}
