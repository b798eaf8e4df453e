#include "app/imports/repeated.h"

#include "crypto/mac.h"

#include <stdlib.h>
#include <string.h>

#define FIRST 1024 /* places, a power of two */

/* So much of a key's SHA-256 that no two keys are ever taken for one. */
struct entry {
    uint64_t digest[2];
    uint32_t row; /* 0: a free place */
};

struct repeated {
    struct entry *p;
    size_t n, places;
};

static void end(void *what)
{
    free(((struct repeated *)what)->p);
}

static struct entry *places_new(size_t places)
{
    struct entry *p = calloc(places, sizeof *p);
    if (!p) memory_gone();
    return p;
}

struct repeated *repeated_new(struct arena *a)
{
    struct repeated *r = ARENA_NEW(a, struct repeated);
    arena_defer(a, end, r);
    r->p = places_new(FIRST);
    r->places = FIRST;
    return r;
}

/* Where it is, or the free place where it belongs. */
static struct entry *place_of(struct entry *p, size_t places, const uint64_t digest[2])
{
    size_t at = digest[0] & (places - 1);
    while (p[at].row && memcmp(p[at].digest, digest, sizeof p[at].digest) != 0)
        at = (at + 1) & (places - 1);
    return &p[at];
}

static void grow(struct repeated *r)
{
    size_t places = r->places * 2;
    struct entry *p = places_new(places);
    for (size_t i = 0; i < r->places; i++)
        if (r->p[i].row) *place_of(p, places, r->p[i].digest) = r->p[i];
    free(r->p);
    r->p = p;
    r->places = places;
}

uint32_t repeated_before(struct repeated *r, struct str key, uint32_t row)
{
    struct digest digest;
    uint8_t whole[MAC_SIZE];
    uint64_t part[2];
    digest_begin(&digest);
    digest_add(&digest, str_bytes(key));
    digest_end(&digest, whole);
    memcpy(part, whole, sizeof part);
    struct entry *e = place_of(r->p, r->places, part);
    if (e->row) return e->row;
    *e = (struct entry){{part[0], part[1]}, row};
    if (++r->n * 2 > r->places) grow(r);
    return 0;
}
