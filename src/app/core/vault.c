#include "app/core/vault.h"

#include "base/random.h"
#include "crypto/mac.h"

struct bytes uid_new(struct arena *a)
{
    uint8_t *uid = arena_alloc(a, SEAL_UID_SIZE);
    random_bytes(uid, SEAL_UID_SIZE);
    return (struct bytes){uid, SEAL_UID_SIZE};
}

struct bytes uid_of_token(struct str token)
{
    return str_bytes(str_sub(token, 0, SEAL_UID_SIZE));
}

struct bytes vault_seal(struct ctx *c, struct seal_place at, struct str plain)
{
    return seal_text(c->app->keys, c->arena, at, plain);
}

enum status vault_open(struct ctx *c, struct seal_place at, struct bytes sealed, struct str *ret)
{
    return unseal_text(c->app->keys, c->arena, at, sealed, &c->fault, ret);
}

static struct seal_place key_place(struct bytes uid)
{
    return PLACE("member", "data_key_sealed", uid);
}

struct bytes person_key_new(struct ctx *c, struct bytes uid)
{
    struct data_key key;
    data_key_make(&key);
    struct bytes sealed = data_key_seal(c->app->keys, c->arena, key_place(uid), &key);
    data_key_wipe(&key);
    return sealed;
}

enum status person_key_check(struct ctx *c, struct bytes uid, struct bytes key_sealed)
{
    struct data_key key;
    enum status s = data_key_unseal(c->app->keys, key_place(uid), key_sealed, &c->fault, &key);
    data_key_wipe(&key);
    return s;
}

enum status person_seal(struct ctx *c, struct bytes uid, struct bytes key_sealed, const char *column,
                        struct str plain, struct bytes *ret)
{
    struct data_key key;
    TRY(data_key_unseal(c->app->keys, key_place(uid), key_sealed, &c->fault, &key));
    *ret = seal_with(&key, c->arena, PLACE("person", column, uid), str_bytes(plain));
    data_key_wipe(&key);
    return ST_OK;
}

enum status person_open(struct ctx *c, struct bytes uid, struct bytes key_sealed, const char *column,
                        struct bytes sealed, struct str *ret)
{
    struct data_key key;
    struct bytes plain;
    TRY(data_key_unseal(c->app->keys, key_place(uid), key_sealed, &c->fault, &key));
    enum status s = unseal_with(&key, c->arena, PLACE("person", column, uid), sealed, &c->fault, &plain);
    data_key_wipe(&key);
    if (s) return s;
    *ret = (struct str){(const char *)plain.p, plain.n};
    return ST_OK;
}

struct bytes vault_index(struct ctx *c, enum index_kind kind, struct str value)
{
    return blind_index(c->app->keys, c->arena, kind, value);
}

struct str login_of(struct ctx *c, struct str account)
{
    return arena_hex(c->arena, vault_index(c, INDEX_ACCOUNT, account));
}

struct bytes sha256_of(struct arena *a, struct bytes content)
{
    struct digest d;
    uint8_t *hash = arena_alloc(a, 32);
    digest_begin(&d);
    digest_add(&d, content);
    digest_end(&d, hash);
    return (struct bytes){hash, 32};
}
