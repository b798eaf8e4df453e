#include "crypto/token.h"

#include "crypto/mac.h"
#include "crypto/seal.h"

#include <sodium.h>
#include <string.h>

#define BASE64     sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define PRE_RANDOM 16
#define CSRF_SIZE  sizeof(struct csrf)
#define SIGNED_TAG 16
#define NONCE      16
#define CAPTCHA    (8 + NONCE) /* bytes before the answer: when it expires, nonce */

/* Nothing of ours that comes back is longer; a longer text is not looked at. */
#define TEXT_MAX 1024

static const struct seal_place IN_CAPTCHA_COOKIE = {.table = "cookie", .column = "captcha", .uid = {0}};

static struct str encode(struct arena *a, const uint8_t *p, size_t n)
{
    size_t size = sodium_base64_ENCODED_LEN(n, BASE64);
    char *text = arena_alloc(a, size);
    sodium_bin2base64(text, size, p, n, BASE64);
    return (struct str){text, size - 1};
}

/* Into `ret`, `size` bytes; the number of bytes, 0 for what is no base64url. */
static size_t decode(struct str text, uint8_t *ret, size_t size)
{
    size_t n;
    if (!text.p || sodium_base642bin(ret, size, text.p, text.n, NULL, &n, NULL, BASE64) != 0) return 0;
    return n;
}

static void sign(const struct keys *k, const char *what, struct bytes text, uint8_t ret[MAC_SIZE])
{
    struct mac m;
    keys_mac(k, KEY_TOKEN, &m);
    mac_str(&m, str_from(what));
    mac_bytes(&m, text);
    mac_end(&m, ret);
}

struct str token_make(struct arena *a)
{
    uint8_t token[32];
    randombytes_buf(token, sizeof token);
    struct str text = encode(a, token, sizeof token);
    sodium_memzero(token, sizeof token);
    return text;
}

struct bytes token_hash(struct arena *a, struct str token)
{
    uint8_t *hash = arena_alloc(a, crypto_hash_sha256_BYTES);
    crypto_hash_sha256(hash, (const uint8_t *)token.p, token.n);
    return (struct bytes){hash, crypto_hash_sha256_BYTES};
}

struct str pre_make(const struct keys *k, struct arena *a)
{
    uint8_t cookie[PRE_RANDOM + MAC_SIZE];
    randombytes_buf(cookie, PRE_RANDOM);
    sign(k, "pre", (struct bytes){cookie, PRE_RANDOM}, cookie + PRE_RANDOM);
    return encode(a, cookie, sizeof cookie);
}

bool pre_check(const struct keys *k, struct str cookie)
{
    uint8_t came[PRE_RANDOM + MAC_SIZE], mac[MAC_SIZE];
    if (decode(cookie, came, sizeof came) != sizeof came) return false;
    sign(k, "pre", (struct bytes){came, PRE_RANDOM}, mac);
    return mac_same(mac, came + PRE_RANDOM);
}

void csrf_of(const struct keys *k, struct str cookie, struct csrf *ret)
{
    uint8_t mac[MAC_SIZE];
    sign(k, "csrf", str_bytes(cookie), mac);
    memcpy(ret->bytes, mac, sizeof ret->bytes);
    sodium_memzero(mac, sizeof mac);
}

struct str csrf_mask(struct arena *a, const struct csrf *csrf)
{
    uint8_t token[2 * CSRF_SIZE]; /* mask, masked */
    randombytes_buf(token, CSRF_SIZE);
    for (size_t i = 0; i < CSRF_SIZE; i++)
        token[CSRF_SIZE + i] = token[i] ^ csrf->bytes[i];
    return encode(a, token, sizeof token);
}

struct str csrf_make(const struct keys *k, struct arena *a, struct str cookie)
{
    struct csrf csrf;
    csrf_of(k, cookie, &csrf);
    struct str token = csrf_mask(a, &csrf);
    sodium_memzero(&csrf, sizeof csrf);
    return token;
}

bool csrf_check(const struct keys *k, struct str cookie, struct str token)
{
    uint8_t came[2 * CSRF_SIZE];
    struct csrf csrf;
    if (decode(token, came, sizeof came) != sizeof came) return false;
    csrf_of(k, cookie, &csrf);
    for (size_t i = 0; i < CSRF_SIZE; i++)
        came[i] ^= came[CSRF_SIZE + i];
    bool same = sodium_memcmp(came, csrf.bytes, CSRF_SIZE) == 0;
    sodium_memzero(came, sizeof came);
    sodium_memzero(&csrf, sizeof csrf);
    return same;
}

struct str captcha_seal(const struct keys *k, struct arena *a, struct str answer, int64_t expires_ms)
{
    uint8_t *plain = arena_alloc(a, CAPTCHA + answer.n);
    for (int i = 0; i < 8; i++)
        plain[i] = (uint8_t)((uint64_t)expires_ms >> (56 - 8 * i));
    randombytes_buf(plain + 8, NONCE);
    if (answer.n) memcpy(plain + CAPTCHA, answer.p, answer.n);
    struct bytes sealed = seal(k, a, IN_CAPTCHA_COOKIE, (struct bytes){plain, CAPTCHA + answer.n});
    sodium_memzero(plain, CAPTCHA + answer.n);
    return encode(a, sealed.p, sealed.n);
}

bool captcha_open(const struct keys *k, struct arena *a, struct str cookie, int64_t now_ms,
                  struct str *ret_answer, struct bytes *ret_nonce)
{
    uint8_t came[TEXT_MAX];
    struct bytes plain, sealed = {came, decode(cookie, came, sizeof came)};
    if (unseal(k, a, IN_CAPTCHA_COOKIE, sealed, NULL, &plain) != ST_OK || plain.n < CAPTCHA) return false;
    uint64_t expires_ms = 0;
    for (int i = 0; i < 8; i++)
        expires_ms = expires_ms << 8 | plain.p[i];
    if (now_ms >= (int64_t)expires_ms) return false;
    *ret_answer = (struct str){(const char *)plain.p + CAPTCHA, plain.n - CAPTCHA};
    *ret_nonce = (struct bytes){plain.p + 8, NONCE};
    return true;
}

struct str signed_make(const struct keys *k, struct arena *a, const char *purpose, struct str text)
{
    uint8_t mac[MAC_SIZE], *token = arena_alloc(a, SIGNED_TAG + text.n);
    sign(k, purpose, str_bytes(text), mac);
    memcpy(token, mac, SIGNED_TAG);
    if (text.n) memcpy(token + SIGNED_TAG, text.p, text.n);
    return encode(a, token, SIGNED_TAG + text.n);
}

bool signed_read(const struct keys *k, struct arena *a, const char *purpose, struct str token,
                 struct str *ret)
{
    uint8_t came[TEXT_MAX], mac[MAC_SIZE];
    size_t n = decode(token, came, sizeof came);
    if (n < SIGNED_TAG) return false;
    struct bytes text = {came + SIGNED_TAG, n - SIGNED_TAG};
    sign(k, purpose, text, mac);
    if (sodium_memcmp(mac, came, SIGNED_TAG) != 0) return false;
    *ret = arena_str(a, (struct str){(const char *)text.p, text.n});
    return true;
}
