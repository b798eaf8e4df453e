#include "crypto/password.h"

#include "crypto/mac.h"

#include <sodium.h>
#include <string.h>

#define PREFIX     STR("$hy1$")
#define SEALED     STR("$hy2$")
#define COST_OPS   2
#define COST_BYTES (19456u * 1024)
#define PEPPERED   sodium_base64_ENCODED_LEN(MAC_SIZE, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)

/* As text: argon2 is given no NUL to stumble over. */
static void pepper(const struct keys *k, struct str password, char ret[PEPPERED])
{
    uint8_t mac[MAC_SIZE];
    mac_once(keys_use(k, KEY_PEPPER), KEY_SIZE, str_bytes(password), mac);
    sodium_bin2base64(ret, PEPPERED, mac, MAC_SIZE, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_memzero(mac, sizeof mac);
}

enum status password_hash(const struct keys *k, struct arena *a, struct str password, struct fault *f,
                          struct str *ret)
{
    if (password.n > PASSWORD_BYTES_MAX) return fail(f, ST_BAD_INPUT, "密码最多 128 个字符");
    char peppered[PEPPERED], hash[crypto_pwhash_STRBYTES];
    pepper(k, password, peppered);
    int failed = crypto_pwhash_str(hash, peppered, PEPPERED - 1, COST_OPS, COST_BYTES);
    sodium_memzero(peppered, sizeof peppered);
    if (failed) return fail_detail(f, ST_UNAVAILABLE, "no memory to hash a password");
    *ret = arena_fmt(a, "%.*s%s", STR_ARG(PREFIX), hash);
    return ST_OK;
}

#define HASH_BYTES 32 /* libsodium's, in its strings */
#define BASE64(n)  sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)

enum status password_hash_same(const struct keys *k, struct arena *a, struct str password, struct bytes seed,
                               struct fault *f, struct str *ret)
{
    if (password.n > PASSWORD_BYTES_MAX) return fail(f, ST_BAD_INPUT, "密码最多 128 个字符");
    char peppered[PEPPERED], salt_text[BASE64(crypto_pwhash_SALTBYTES)], hash_text[BASE64(HASH_BYTES)];
    uint8_t mac[MAC_SIZE], hash[HASH_BYTES];
    mac_once(keys_use(k, KEY_PEPPER), KEY_SIZE, seed, mac); /* its first bytes are the salt */
    pepper(k, password, peppered);
    int failed = crypto_pwhash(hash, sizeof hash, peppered, PEPPERED - 1, mac, COST_OPS, COST_BYTES,
                               crypto_pwhash_ALG_ARGON2ID13);
    sodium_memzero(peppered, sizeof peppered);
    if (failed) return fail_detail(f, ST_UNAVAILABLE, "no memory to hash a password");
    sodium_bin2base64(salt_text, sizeof salt_text, mac, crypto_pwhash_SALTBYTES,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(hash_text, sizeof hash_text, hash, sizeof hash,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    *ret = arena_fmt(a, "%.*s$argon2id$v=19$m=%u,t=%d,p=1$%s$%s", STR_ARG(PREFIX), COST_BYTES / 1024,
                     COST_OPS, salt_text, hash_text);
    return ST_OK;
}

/* The argon2id string in what is stored, as the library wants it. */
static bool argon_string(struct str stored, char ret[crypto_pwhash_STRBYTES])
{
    struct str hash = str_sub(stored, PREFIX.n, stored.n);
    if (!str_starts(stored, PREFIX) || hash.n >= crypto_pwhash_STRBYTES || str_has_nul(hash)) return false;
    memset(ret, 0, crypto_pwhash_STRBYTES);
    memcpy(ret, hash.p, hash.n);
    return true;
}

bool password_verify(const struct keys *k, struct str stored, struct str password)
{
    char peppered[PEPPERED], hash[crypto_pwhash_STRBYTES];
    bool known = password.n <= PASSWORD_BYTES_MAX && argon_string(stored, hash);
    if (!known && !argon_string(STR(PASSWORD_OF_NOBODY), hash)) return false;
    pepper(k, str_sub(password, 0, PASSWORD_BYTES_MAX), peppered);
    bool right = crypto_pwhash_str_verify(hash, peppered, PEPPERED - 1) == 0;
    sodium_memzero(peppered, sizeof peppered);
    return right && known;
}

bool password_needs_rehash(struct str stored)
{
    char hash[crypto_pwhash_STRBYTES];
    return !argon_string(stored, hash) || crypto_pwhash_str_needs_rehash(hash, COST_OPS, COST_BYTES) != 0;
}

struct str password_seal(const struct keys *k, struct arena *a, struct seal_place at, struct str hash)
{
    struct bytes sealed = seal_text(k, a, at, hash);
    size_t room = BASE64(sealed.n);
    char *text = arena_alloc(a, SEALED.n + room);
    memcpy(text, SEALED.p, SEALED.n);
    sodium_bin2base64(text + SEALED.n, room, sealed.p, sealed.n, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    return str_from(text);
}

enum status password_unseal(const struct keys *k, struct arena *a, struct seal_place at, struct str stored,
                            struct fault *f, struct str *ret)
{
    struct str text = str_sub(stored, SEALED.n, stored.n);
    uint8_t *sealed = arena_alloc(a, stored.n + 1);
    size_t n;
    if (!str_starts(stored, SEALED) || sodium_base642bin(sealed, stored.n, text.p, text.n, NULL, &n, NULL,
                                                         sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0)
        return fail_detail(f, ST_BROKEN, "password in %s.%s is not sealed", at.table, at.column);
    return unseal_text(k, a, at, (struct bytes){sealed, n}, f, ret);
}

bool password_is_bare(struct str stored)
{
    return str_starts(stored, PREFIX);
}
