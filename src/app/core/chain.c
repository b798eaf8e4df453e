#include "app/core/chain.h"

#include "crypto/mac.h"

struct bytes chain_mac(struct app *app, struct arena *a, const struct audit_full *row, struct bytes before)
{
    struct mac m;
    keys_mac(app->keys, KEY_AUDIT, &m);
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
    return chain_mac(app, a, &(struct audit_full){0}, (struct bytes){0});
}
