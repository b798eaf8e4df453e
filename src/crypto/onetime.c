#include "crypto/onetime.h"

#include <sodium.h>

#define GROUPS  3
#define LETTERS 12

static const struct str CAPITALS = STR_INIT("ACDEFGHJKLMNPQRTUWXY");
static const struct str SMALL = STR_INIT("abdefghjkmnpqrtwxy");
static const struct str DIGITS = STR_INIT("34679");

static char pick(struct str of)
{
    return of.p[randombytes_uniform((uint32_t)of.n)];
}

struct str one_time_password(struct arena *a)
{
    char *p = arena_alloc(a, GROUPS * 5);
    size_t n = 0;
    for (int group = 0; group < GROUPS; group++) {
        if (group) p[n++] = '-';
        p[n++] = pick(CAPITALS);
        p[n++] = pick(SMALL);
        p[n++] = pick(SMALL);
        p[n++] = pick(DIGITS);
    }
    return (struct str){p, n};
}

struct str one_time_code(struct arena *a)
{
    return arena_fmt(a, "%06u", randombytes_uniform(1000000));
}

struct str one_time_letters(struct arena *a)
{
    static const struct str ALPHABET = STR_INIT("ACDEFGHJKLMNPQRTUWXY34679");
    char *p = arena_alloc(a, LETTERS);
    for (size_t i = 0; i < LETTERS; i++)
        p[i] = pick(ALPHABET);
    return (struct str){p, LETTERS};
}
