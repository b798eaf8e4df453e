/* A text that grows, with a limit given when it is made. Past the limit nothing more is written and `full` is
 * set: whoever asks for the result looks at it once. The memory is malloc'ed: buf_free, which wipes it. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

#include <string.h>

struct buf {
    char *p;
    size_t n, cap, limit;
    bool full;
    char *fixed; /* memory of the caller that it began in, or NULL */
};

void buf_init(struct buf *b, size_t expected, size_t limit);
/* Begins in memory of the caller's (on the stack), and moves to the heap only when that is used up. */
void buf_begin(struct buf *b, char *memory, size_t size, size_t limit);
void buf_free(struct buf *b);
void buf_clear(struct buf *b);                /* empty again, wiped, the memory kept */
void buf_tie(struct arena *a, struct buf *b); /* buf_free when the arena ends; b lives as long */
/* One in the arena, and tied to it: for what is written while memory may end. */
struct buf *buf_new(struct arena *a, size_t expected, size_t limit);
/* Room for `extra` more bytes: a pointer to write to, or NULL past the limit. Then add to n what was written.
 */
char *buf_room(struct buf *b, size_t extra);
/* Pages are made of hundreds of these: what fits is copied here. */
static inline void buf_add(struct buf *b, const void *p, size_t n)
{
    if (n == 0) return;
    char *to = !b->full && n <= b->cap - b->n ? b->p + b->n : buf_room(b, n);
    if (!to) return;
    memcpy(to, p, n);
    b->n += n;
}
static inline void buf_str(struct buf *b, struct str s)
{
    buf_add(b, s.p, s.n);
}
static inline void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}
void buf_int(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_text(const struct buf *b); /* lives until the next write */

#endif
