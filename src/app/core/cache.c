#include "app/core/cache.h"

#include "base/random.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SESSIONS   4096
#define COUNTS     1024
#define PEOPLE     32768
#define LOCKS      64
#define TOKEN_SIZE 44
#define TEXT_SIZE  192

struct session_slot {
    char token[TOKEN_SIZE];
    int64_t version;
    struct session_entry entry; /* its texts point below */
    char name[TEXT_SIZE], company[TEXT_SIZE], state[32];
};
struct counts_slot {
    struct company_id company;
    struct day today;
    int64_t version; /* 0: empty */
    struct member_counts counts;
};
struct masked_slot {
    struct member_id id;
    int64_t version;
    struct masked masked;
};

/* An entry has one slot, a slot one of LOCKS locks; people, of whom a list asks for many, have one lock
 * together. */
struct cache {
    uint64_t salt;
    pthread_mutex_t locks[LOCKS], people_lock;
    struct session_slot sessions[SESSIONS];
    struct counts_slot counts[COUNTS];
    struct masked_slot people[PEOPLE];
};

struct cache *cache_new(void)
{
    struct cache *k = calloc(1, sizeof *k);
    if (!k) {
        fputs("huiyuan: out of memory\n", stderr);
        abort();
    }
    random_bytes(&k->salt, sizeof k->salt);
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_init(&k->locks[i], NULL);
    pthread_mutex_init(&k->people_lock, NULL);
    return k;
}

void cache_free(struct cache *k)
{
    if (!k) return;
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&k->locks[i]);
    pthread_mutex_destroy(&k->people_lock);
    explicit_bzero(k, sizeof *k);
    free(k);
}

static size_t mix(const struct cache *k, uint64_t v)
{
    v = (v ^ k->salt) * 0x9E3779B97F4A7C15u;
    return (size_t)(v >> 24);
}

/* Tokens are random: any bytes of them place them. */
static size_t session_slot(const struct cache *k, struct str token)
{
    uint64_t v;
    memcpy(&v, token.p + 8, sizeof v);
    return mix(k, v) % SESSIONS;
}

/* In constant time for tokens of the same length. */
static bool same_token(const char *kept, struct str token)
{
    unsigned char differs = 0;
    for (size_t i = 0; i < TOKEN_SIZE - 1; i++)
        differs |= (unsigned char)(kept[i] ^ token.p[i]);
    return differs == 0;
}

static void lock(struct cache *k, size_t slot)
{
    pthread_mutex_lock(&k->locks[slot % LOCKS]);
}

static void unlock(struct cache *k, size_t slot)
{
    pthread_mutex_unlock(&k->locks[slot % LOCKS]);
}

bool cache_session_find(struct cache *k, struct arena *a, struct str token, int64_t version,
                        struct session_entry *ret)
{
    if (token.n != TOKEN_SIZE - 1) return false;
    size_t at = session_slot(k, token);
    const struct session_slot *s = &k->sessions[at];
    lock(k, at);
    bool hit = s->version == version && same_token(s->token, token);
    if (hit) {
        *ret = s->entry;
        ret->actor.name = arena_str(a, s->entry.actor.name);
        ret->actor.company_name = arena_str(a, s->entry.actor.company_name);
        ret->actor.member_state = arena_str(a, s->entry.actor.member_state);
    }
    unlock(k, at);
    return hit;
}

static struct str put(char *to, struct str s)
{
    if (!s.p) return STR_NONE;
    memcpy(to, s.p, s.n);
    return (struct str){to, s.n};
}

void cache_session_keep(struct cache *k, struct str token, int64_t version, const struct session_entry *e)
{
    const struct actor *actor = &e->actor;
    if (token.n != TOKEN_SIZE - 1 || actor->name.n > TEXT_SIZE || actor->company_name.n > TEXT_SIZE) return;
    size_t at = session_slot(k, token);
    struct session_slot *s = &k->sessions[at];
    lock(k, at);
    memcpy(s->token, token.p, token.n);
    s->version = version;
    s->entry = *e;
    s->entry.actor.name = put(s->name, actor->name);
    s->entry.actor.company_name = put(s->company, actor->company_name);
    s->entry.actor.member_state = put(s->state, str_sub(actor->member_state, 0, sizeof s->state));
    unlock(k, at);
}

void cache_session_seen(struct cache *k, struct str token, int64_t seen_at)
{
    if (token.n != TOKEN_SIZE - 1) return;
    size_t at = session_slot(k, token);
    lock(k, at);
    if (same_token(k->sessions[at].token, token)) k->sessions[at].entry.seen_at = seen_at;
    unlock(k, at);
}

bool cache_counts_find(struct cache *k, struct company_id company, struct day today, int64_t version,
                       struct member_counts *ret)
{
    size_t at = mix(k, (uint64_t)company.v) % COUNTS;
    const struct counts_slot *s = &k->counts[at];
    lock(k, at);
    bool hit = s->version == version && version && s->company.v == company.v && day_cmp(s->today, today) == 0;
    if (hit) *ret = s->counts;
    unlock(k, at);
    return hit;
}

void cache_counts_keep(struct cache *k, struct company_id company, struct day today, int64_t version,
                       const struct member_counts *counts)
{
    size_t at = mix(k, (uint64_t)company.v) % COUNTS;
    lock(k, at);
    k->counts[at] = (struct counts_slot){company, today, version, *counts};
    unlock(k, at);
}

void cache_masked_find(struct cache *k, const struct member_id *ids, const int64_t *row_versions, size_t n,
                       struct masked *ret, bool *found)
{
    pthread_mutex_lock(&k->people_lock);
    for (size_t i = 0; i < n; i++) {
        const struct masked_slot *s = &k->people[mix(k, (uint64_t)ids[i].v) % PEOPLE];
        found[i] = s->id.v == ids[i].v && s->version == row_versions[i];
        if (found[i]) ret[i] = s->masked;
    }
    pthread_mutex_unlock(&k->people_lock);
}

void cache_masked_keep(struct cache *k, struct member_id id, int64_t row_version, const struct masked *m)
{
    size_t at = mix(k, (uint64_t)id.v) % PEOPLE;
    pthread_mutex_lock(&k->people_lock);
    k->people[at] = (struct masked_slot){id, row_version, *m};
    pthread_mutex_unlock(&k->people_lock);
}
