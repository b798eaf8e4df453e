#include "crypto/index.h"

#include "crypto/mac.h"

/* They are in every database: never to be changed. */
static const char *const LABELS[] = {
    [INDEX_ID_NUMBER] = "id number",
    [INDEX_ID_TAIL] = "id tail",
    [INDEX_MOBILE] = "mobile",
    [INDEX_ACCOUNT] = "account",
};

struct bytes blind_index(const struct keys *k, struct arena *a, enum index_kind kind, struct str text)
{
    if (!text.p) return (struct bytes){0};
    struct mac m;
    uint8_t *out = arena_alloc(a, MAC_SIZE);
    mac_begin(&m, keys_use(k, KEY_INDEX));
    mac_str(&m, str_from(LABELS[kind]));
    mac_str(&m, text);
    mac_end(&m, out);
    return (struct bytes){out, MAC_SIZE};
}
