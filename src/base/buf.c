#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *b, size_t expected, size_t limit)
{
    *b = (struct buf){.limit = limit};
    buf_room(b, expected < limit ? expected : limit);
}

void buf_begin(struct buf *b, char *memory, size_t size, size_t limit)
{
    *b = (struct buf){.p = memory, .cap = size < limit ? size : limit, .limit = limit, .fixed = memory};
}

void buf_free(struct buf *b)
{
    if (b->n) explicit_bzero(b->p, b->n);
    if (b->p != b->fixed) free(b->p);
    *b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
    if (b->n) explicit_bzero(b->p, b->n);
    b->n = 0;
    b->full = false;
}

static void free_tied(void *b)
{
    buf_free(b);
}

void buf_tie(struct arena *a, struct buf *b)
{
    arena_defer(a, free_tied, b);
}

struct buf *buf_new(struct arena *a, size_t expected, size_t limit)
{
    struct buf *b = ARENA_NEW(a, struct buf);
    buf_tie(a, b);
    buf_init(b, expected, limit);
    return b;
}

char *buf_room(struct buf *b, size_t extra)
{
    if (!b->full && extra <= b->cap - b->n) return b->p + b->n;
    if (b->full || extra > b->limit - b->n) {
        b->full = true;
        return NULL;
    }
    size_t cap = b->cap ? b->cap * 2 : 4096;
    if (cap < b->n + extra) cap = b->n + extra;
    if (cap > b->limit) cap = b->limit;
    /* Not realloc: it would leave a copy behind. */
    char *p = malloc(cap);
    if (!p) memory_gone();
    if (b->n) {
        memcpy(p, b->p, b->n);
        explicit_bzero(b->p, b->n);
    }
    if (b->p != b->fixed) free(b->p);
    b->p = p;
    b->cap = cap;
    return b->p + b->n;
}

/* 00 to 99: two digits at a time halve the divisions. */
static const char PAIRS[] = "0001020304050607080910111213141516171819"
                            "2021222324252627282930313233343536373839"
                            "4041424344454647484950515253545556575859"
                            "6061626364656667686970717273747576777879"
                            "8081828384858687888990919293949596979899";

void buf_int(struct buf *b, int64_t v)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    for (; rest >= 100; rest /= 100)
        memcpy(&digits[at -= 2], &PAIRS[rest % 100 * 2], 2);
    if (rest >= 10)
        memcpy(&digits[at -= 2], &PAIRS[rest * 2], 2);
    else
        digits[--at] = (char)('0' + rest);
    if (v < 0) digits[--at] = '-';
    buf_add(b, digits + at, sizeof digits - at);
}

void buf_fmt(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *to = n < 0 ? NULL : buf_room(b, (size_t)n + 1);
    if (to) {
        vsnprintf(to, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

struct str buf_text(const struct buf *b)
{
    return (struct str){b->p ? b->p : "", b->n};
}
