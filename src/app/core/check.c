#include "app/core/check.h"

struct str check_rows(struct arena *a, size_t n)
{
    if (n == 0) return STR_NONE;
    return arena_fmt(a, "%zu%s differ: " CHECK_RESTORE, n, n >= CHECK_SHOWN ? " or more" : "");
}
