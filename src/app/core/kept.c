#include "app/core/kept.h"

#include "base/random.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOCKS 64

/* A slot is its version (0: empty), the key and the value; each slot has one of LOCKS locks. */
struct kept {
    uint64_t salt;
    size_t slots, key_size, value_size, slot_size;
    pthread_mutex_t locks[LOCKS];
    unsigned char *bytes;
};

static void *or_abort(void *p)
{
    if (p) return p;
    fputs("huiyuan: out of memory\n", stderr);
    abort();
}

struct kept *kept_new(size_t slots, size_t key_size, size_t value_size)
{
    struct kept *k = or_abort(calloc(1, sizeof *k));
    k->slots = slots;
    k->key_size = key_size;
    k->value_size = value_size;
    k->slot_size = sizeof(int64_t) + key_size + value_size;
    k->bytes = or_abort(calloc(slots, k->slot_size));
    random_bytes(&k->salt, sizeof k->salt);
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_init(&k->locks[i], NULL);
    return k;
}

void kept_free(struct kept *k)
{
    if (!k) return;
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&k->locks[i]);
    explicit_bzero(k->bytes, k->slots * k->slot_size);
    free(k->bytes);
    free(k);
}

static size_t place(const struct kept *k, const unsigned char *key)
{
    uint64_t v = k->salt;
    for (size_t i = 0; i < k->key_size; i++)
        v = (v ^ key[i]) * 0x9E3779B97F4A7C15u;
    return (size_t)(v >> 24) % k->slots;
}

/* In constant time: a key may be a token. */
static bool same(const unsigned char *a, const unsigned char *b, size_t n)
{
    unsigned char differs = 0;
    for (size_t i = 0; i < n; i++)
        differs |= a[i] ^ b[i];
    return differs == 0;
}

bool kept_find(struct kept *k, const void *key, int64_t version, void *ret)
{
    size_t at = place(k, key);
    const unsigned char *slot = k->bytes + at * k->slot_size;
    int64_t holds;
    pthread_mutex_lock(&k->locks[at % LOCKS]);
    memcpy(&holds, slot, sizeof holds);
    bool hit = holds == version && version && same(slot + sizeof holds, key, k->key_size);
    if (hit) memcpy(ret, slot + sizeof holds + k->key_size, k->value_size);
    pthread_mutex_unlock(&k->locks[at % LOCKS]);
    return hit;
}

void kept_keep(struct kept *k, const void *key, int64_t version, const void *value)
{
    size_t at = place(k, key);
    unsigned char *slot = k->bytes + at * k->slot_size;
    pthread_mutex_lock(&k->locks[at % LOCKS]);
    memcpy(slot, &version, sizeof version);
    memcpy(slot + sizeof version, key, k->key_size);
    memcpy(slot + sizeof version + k->key_size, value, k->value_size);
    pthread_mutex_unlock(&k->locks[at % LOCKS]);
}
