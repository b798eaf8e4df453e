#include "app/core/like.h"

struct str like_pattern(struct arena *a, struct str part)
{
    char *p = arena_alloc(a, 2 * part.n + 2);
    size_t n = 0;
    p[n++] = '%';
    for (size_t i = 0; i < part.n; i++) {
        if (part.p[i] == '%' || part.p[i] == '_' || part.p[i] == '!') p[n++] = '!';
        p[n++] = part.p[i];
    }
    p[n++] = '%';
    return (struct str){p, n};
}
