/* What every page asks for again and again, kept in the process: who holds a session, how many people are in
 * which state, the masked numbers of a list. Each entry says for which state of the data it holds; whoever
 * reads compares that with the data version of the own snapshot, so nothing stale is ever shown, whichever
 * process wrote; what a transaction reads is not kept, for it may be undone. Bounded tables; what does not
 * fit is simply read again. */
#ifndef APP_CORE_CACHE_H
#define APP_CORE_CACHE_H

#include "app/members/list.h"

struct cache;

struct cache *cache_new(void);
void cache_free(struct cache *k); /* NULL is fine; wipes it */

/* Who holds a token. Texts are copied into the arena. */
struct session_entry {
    struct session_id id;
    int64_t created_at, seen_at;
    struct actor actor;
};
bool cache_session_find(struct cache *k, struct arena *a, struct str token, int64_t version,
                        struct session_entry *ret);
void cache_session_keep(struct cache *k, struct str token, int64_t version, const struct session_entry *e);
/* seen_at moves on without a write to the database. */
void cache_session_seen(struct cache *k, struct str token, int64_t seen_at);

/* 共 n 条 of each tab of a company (or all: 0), on a day. */
bool cache_counts_find(struct cache *k, struct company_id company, struct day today, int64_t version,
                       struct member_counts *ret);
void cache_counts_keep(struct cache *k, struct company_id company, struct day today, int64_t version,
                       const struct member_counts *counts);

/* Masked ID number and mobile of a person, and whether there is a photo, by the version of the person's row.
 */
struct masked {
    char id_number[24], mobile[16];
    bool has_photo;
};
/* Of a whole list at once: n ids and versions; found[i] says whether ret[i] was there. */
void cache_masked_find(struct cache *k, const struct member_id *ids, const int64_t *row_versions, size_t n,
                       struct masked *ret, bool *found);
void cache_masked_keep(struct cache *k, struct member_id id, int64_t row_version, const struct masked *m);

#endif
