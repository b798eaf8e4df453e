#include "http/tally.h"

#include "base/random.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define CHAINS 4096

struct name {
    uint8_t kind, bytes[16];
};

struct holder {
    struct holder *next;
    struct name name;
    int refs, connections;
    size_t bytes;
};

struct tally {
    pthread_mutex_t lock;
    uint64_t seed; /* nobody can choose addresses that all lie in one chain */
    struct holder *chains[CHAINS];
};

struct tally *tally_new(void)
{
    struct tally *t = calloc(1, sizeof *t);
    if (!t) return NULL;
    pthread_mutex_init(&t->lock, NULL);
    random_bytes(&t->seed, sizeof t->seed);
    return t;
}

void tally_free(struct tally *t)
{
    for (size_t i = 0; i < CHAINS; i++) {
        while (t->chains[i]) {
            struct holder *h = t->chains[i];
            t->chains[i] = h->next;
            free(h);
        }
    }
    pthread_mutex_destroy(&t->lock);
    free(t);
}

static struct holder **chain_of(struct tally *t, const struct name *name)
{
    uint64_t hash = t->seed;
    for (size_t i = 0; i < sizeof *name; i++) {
        hash = (hash ^ ((const uint8_t *)name)[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return &t->chains[hash % CHAINS];
}

static struct holder *enter(struct tally *t, struct name name)
{
    pthread_mutex_lock(&t->lock);
    struct holder **chain = chain_of(t, &name), *h = *chain;
    while (h && memcmp(&h->name, &name, sizeof name) != 0)
        h = h->next;
    if (!h && (h = calloc(1, sizeof *h))) {
        *h = (struct holder){.next = *chain, .name = name};
        *chain = h;
    }
    if (h) h->refs++;
    pthread_mutex_unlock(&t->lock);
    return h;
}

struct holder *tally_address(struct tally *t, const char *address)
{
    struct name name = {.kind = 0};
    if (inet_pton(AF_INET, address, name.bytes) == 1)
        name.kind = 4;
    else if (inet_pton(AF_INET6, address, name.bytes) == 1)
        name.kind = 6, memset(name.bytes + 8, 0, 8);
    return enter(t, name);
}

struct holder *tally_session(struct tally *t, uint64_t session)
{
    struct name name = {.kind = 's'};
    memcpy(name.bytes, &session, sizeof session);
    return enter(t, name);
}

void tally_leave(struct tally *t, struct holder *h)
{
    if (!h) return;
    pthread_mutex_lock(&t->lock);
    if (--h->refs == 0) {
        struct holder **at = chain_of(t, &h->name);
        while (*at != h)
            at = &(*at)->next;
        *at = h->next;
        free(h);
    }
    pthread_mutex_unlock(&t->lock);
}

bool tally_connect(struct tally *t, struct holder *h, int most)
{
    pthread_mutex_lock(&t->lock);
    bool room = h->connections < most;
    h->connections += room;
    pthread_mutex_unlock(&t->lock);
    return room;
}

void tally_disconnect(struct tally *t, struct holder *h)
{
    pthread_mutex_lock(&t->lock);
    h->connections--;
    pthread_mutex_unlock(&t->lock);
}

bool tally_take(struct tally *t, struct holder *h, size_t bytes, size_t most)
{
    pthread_mutex_lock(&t->lock);
    bool room = bytes <= most && h->bytes <= most - bytes;
    if (room) h->bytes += bytes;
    pthread_mutex_unlock(&t->lock);
    return room;
}

void tally_give(struct tally *t, struct holder *h, size_t bytes)
{
    pthread_mutex_lock(&t->lock);
    h->bytes -= bytes;
    pthread_mutex_unlock(&t->lock);
}
