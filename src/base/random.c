#include "base/random.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

void random_bytes(void *ret, size_t n)
{
    unsigned char *p = ret;
    while (n > 0) {
        ssize_t got = getrandom(p, n, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            fputs("huiyuan: the system gives no random bytes\n", stderr);
            abort();
        }
        p += got;
        n -= (size_t)got;
    }
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
uint32_t seed_next(struct seed *s, uint32_t below)
{
    uint64_t z = (s->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return (uint32_t)((z >> 32) * below >> 32);
}
