#include "app/core/pack.h"

void pack_put(struct buf *b, struct str s)
{
    buf_int(b, (int64_t)s.n);
    buf_char(b, ':');
    buf_str(b, s);
}

bool pack_next(struct str *rest, struct str *ret)
{
    struct str length, tail;
    int64_t n;
    if (!str_cut(*rest, ':', &length, &tail) || !str_int(length, &n) || n < 0 || (size_t)n > tail.n)
        return false;
    *ret = str_sub(tail, 0, (size_t)n);
    *rest = str_sub(tail, (size_t)n, tail.n);
    return true;
}
