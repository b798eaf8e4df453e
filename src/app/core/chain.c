#include "app/core/chain.h"

#include "app/core/vault.h"
#include "crypto/mac.h"

#include <string.h>

struct bytes chain_mac(struct app *app, struct arena *a, const struct audit_full *row, struct bytes before)
{
    struct mac m;
    keys_mac(app->keys, KEY_AUDIT, &m);
    if (row->form != CHAIN_FORM_PLAIN) {
        mac_int(&m, row->form);
        mac_bytes(&m, row->address_sealed);
    }
    const int64_t numbers[] = {row->number,       row->at,         row->account_id.v, row->member_id.v,
                               row->company_id.v, row->batch_id.v, row->shown};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        mac_int(&m, numbers[i]);
    mac_str(&m, row->side);
    mac_str(&m, row->event);
    mac_str(&m, row->result);
    mac_bytes(&m, row->digest);
    mac_bytes(&m, before);
    uint8_t *mac = arena_alloc(a, MAC_SIZE);
    mac_end(&m, mac);
    return (struct bytes){mac, MAC_SIZE};
}

struct bytes chain_root(struct app *app, struct arena *a)
{
    return chain_mac(app, a, &(struct audit_full){.form = CHAIN_FORM_PLAIN}, (struct bytes){0});
}

static void address_key(struct app *app, struct data_key *ret)
{
    struct mac m;
    keys_mac(app->keys, KEY_AUDIT, &m);
    mac_str(&m, STR("address"));
    mac_end(&m, ret->bytes);
    explicit_bzero(&m, sizeof m);
}

static struct seal_place address_place(struct arena *a, int64_t number)
{
    uint8_t *uid = arena_alloc(a, SEAL_UID_SIZE);
    for (int i = 0; i < SEAL_UID_SIZE; i++, number >>= 8)
        uid[SEAL_UID_SIZE - 1 - i] = (uint8_t)(number & 0xFF);
    return PLACE("audit", "address_sealed", ((struct bytes){uid, SEAL_UID_SIZE}));
}

struct bytes chain_address_seal(struct app *app, struct arena *a, int64_t number, struct str address)
{
    struct data_key key;
    if (!address.n) return (struct bytes){0};
    address_key(app, &key);
    struct bytes sealed = seal_with(&key, a, address_place(a, number), str_bytes(address));
    data_key_wipe(&key);
    return sealed;
}

enum status chain_address_open(struct ctx *c, int64_t number, struct bytes sealed, struct str *ret)
{
    struct data_key key;
    struct bytes plain = {0};
    if (sealed.n) {
        address_key(c->app, &key);
        enum status s =
            unseal_with(&key, c->arena, address_place(c->arena, number), sealed, &c->fault, &plain);
        data_key_wipe(&key);
        if (s) return s;
    }
    *ret = (struct str){(const char *)plain.p, plain.n};
    return ST_OK;
}
