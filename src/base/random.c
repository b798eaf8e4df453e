#include "base/random.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* Fetched ahead, so that not every page costs a system call; what was given out is wiped. */
static _Thread_local struct {
    unsigned char bytes[512];
    size_t left;
} pool;

static void forget_pool(void)
{
    explicit_bzero(&pool, sizeof pool);
}

/* A forked child must not give out what its parent gives out. */
static void forget_in_children(void)
{
    pthread_atfork(NULL, NULL, forget_pool);
}

static void fetch(void *ret, size_t n)
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

void random_bytes(void *ret, size_t n)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (n > sizeof pool.bytes / 4) {
        fetch(ret, n);
        return;
    }
    if (pool.left < n) {
        pthread_once(&once, forget_in_children);
        fetch(pool.bytes, sizeof pool.bytes);
        pool.left = sizeof pool.bytes;
    }
    pool.left -= n;
    memcpy(ret, pool.bytes + pool.left, n);
    explicit_bzero(pool.bytes + pool.left, n);
}

void random_hex(char *ret, size_t n)
{
    static const char HEX[] = "0123456789abcdef";
    char *bytes = ret + n / 2; /* the back half holds them until their digits get there */
    random_bytes(bytes, n / 2);
    for (size_t i = 0; i < n / 2; i++) {
        uint8_t byte = (uint8_t)bytes[i];
        ret[2 * i] = HEX[byte >> 4];
        ret[2 * i + 1] = HEX[byte & 15];
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
