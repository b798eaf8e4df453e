#include "app/core/pack.h"

#define NAMED STR("=") /* no length begins so */

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

void pack_fields(struct buf *b)
{
    buf_str(b, NAMED);
}

void pack_field(struct buf *b, const char *name, struct str value)
{
    pack_put(b, str_from(name));
    pack_put(b, value);
}

struct str pack_field_of(struct str packed, const char *name)
{
    struct str rest = str_sub(packed, NAMED.n, packed.n), here, value;
    if (!str_starts(packed, NAMED)) return STR_NONE;
    while (pack_next(&rest, &here) && pack_next(&rest, &value))
        if (str_eq(here, str_from(name))) return value;
    return STR_NONE;
}

bool pack_named(struct arena *a, struct str packed, const char *const *order, size_t n, struct str *ret)
{
    struct str rest = packed, value;
    size_t found = 0;
    if (str_starts(packed, NAMED)) {
        *ret = packed;
        return true;
    }
    struct buf *b = buf_new(a, packed.n + 32 * n, 2 * packed.n + 64 * n);
    pack_fields(b);
    for (; found < n && pack_next(&rest, &value); found++)
        pack_field(b, order[found], value);
    if (found == n && !b->full) *ret = arena_str(a, buf_text(b));
    bool good = found == n && !b->full;
    buf_free(b);
    return good;
}
