#include "crypto/totp.h"

#include <liboath/oath.h>
#include <sodium/utils.h>
#include <stdlib.h>
#include <string.h>

#define STEP_MS 30000
#define AROUND  1             /* steps that a clock may be off */
#define LABEL   "totp secret" /* in every session that is being set up */

int64_t totp_step(int64_t ms)
{
    return ms / STEP_MS;
}

struct str totp_secret_text(struct arena *a, const uint8_t secret[TOTP_SECRET])
{
    char *made = NULL;
    size_t n = 0;
    if (oath_base32_encode((const char *)secret, TOTP_SECRET, &made, &n) != OATH_OK) return STR_NONE;
    struct str text = arena_str(a, (struct str){made, n});
    explicit_bzero(made, n);
    free(made);
    return text;
}

bool totp_code(const uint8_t secret[TOTP_SECRET], int64_t step, char ret[TOTP_DIGITS + 1])
{
    return oath_hotp_generate((const char *)secret, TOTP_SECRET, (uint64_t)step, TOTP_DIGITS, false,
                              OATH_HOTP_DYNAMIC_TRUNCATION, ret) == OATH_OK;
}

static bool is_code_of(const uint8_t secret[TOTP_SECRET], struct str code, int64_t step)
{
    char right[TOTP_DIGITS + 1];
    bool same = code.n == TOTP_DIGITS && totp_code(secret, step, right) &&
                sodium_memcmp(right, code.p, TOTP_DIGITS) == 0;
    explicit_bzero(right, sizeof right);
    return same;
}

int64_t totp_match(const uint8_t secret[TOTP_SECRET], struct str code, int64_t now, int64_t last)
{
    int64_t first = now - AROUND > last ? now - AROUND : last + 1;
    for (int64_t step = first; step <= now + AROUND; step++)
        if (is_code_of(secret, code, step)) return step;
    return 0;
}

void totp_secret_for(const struct keys *k, struct bytes token_hash, int64_t account, uint8_t ret[TOTP_SECRET])
{
    struct mac m;
    uint8_t out[MAC_SIZE];
    mac_begin(&m, keys_use(k, KEY_TOKEN));
    mac_str(&m, STR(LABEL));
    mac_bytes(&m, token_hash);
    mac_int(&m, account);
    mac_end(&m, out);
    memcpy(ret, out, TOTP_SECRET);
    explicit_bzero(out, sizeof out);
}
