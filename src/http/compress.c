#include "http/compress.h"

#include <libdeflate.h>
#include <pthread.h>
#include <stdlib.h>

#define LEVEL 1 /* measured: a sixth of the time of zlib's usual level, pages nearly as small */

static pthread_key_t key;

static void thread_ends(void *compressor)
{
    libdeflate_free_compressor(compressor);
}

static void make_key(void)
{
    if (pthread_key_create(&key, thread_ends) != 0) abort();
}

static struct libdeflate_compressor *of_thread(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_key);
    struct libdeflate_compressor *c = pthread_getspecific(key);
    if (c) return c;
    c = libdeflate_alloc_compressor(LEVEL);
    pthread_setspecific(key, c);
    return c;
}

bool compress_gzip(const struct buf *body, struct buf *ret)
{
    struct libdeflate_compressor *c = of_thread();
    if (!c || body->n == 0) return false;
    struct buf smaller;
    buf_init(&smaller, body->n, body->n);
    smaller.n = libdeflate_gzip_compress(c, body->p, body->n, smaller.p, body->n - 1);
    if (smaller.n == 0) {
        buf_free(&smaller);
        return false;
    }
    *ret = smaller;
    return true;
}

/* RFC 9110, 12.5.3: listed, and not with a weight of nothing. */
bool http_accepts_gzip(const struct http_request *q)
{
    struct str rest = q->accept_encoding, coding, weight;
    while (rest.n) {
        str_cut(rest, ',', &coding, &rest);
        str_cut(coding, ';', &coding, &weight);
        weight = str_trim(weight);
        bool nothing = str_eq(weight, STR("q=0")) || str_starts(weight, STR("q=0.0"));
        if (str_eq(str_trim(coding), STR("gzip"))) return !nothing;
    }
    return false;
}
