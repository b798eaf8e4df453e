#include "domain/mask.h"

#include "base/utf8.h"

#include <string.h>

/* Keeps `head` characters in front and `tail` at the end; each one between becomes a star. */
static struct str keep_ends(struct arena *a, struct str s, size_t head, size_t tail)
{
    size_t count = utf8_count(s);
    if (count <= head + tail) head = tail = 0;
    char *out = arena_alloc(a, s.n + 1); /* a star is never longer than the character that it hides */
    size_t n = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t from = at;
        utf8_next(s, &at);
        if (i >= head && i < count - tail) {
            out[n++] = '*';
            continue;
        }
        memcpy(out + n, s.p + from, at - from);
        n += at - from;
    }
    return (struct str){out, n};
}

struct str mask_id_number(struct arena *a, struct str id_number)
{
    return keep_ends(a, id_number, 3, 4);
}

struct str mask_mobile(struct arena *a, struct str mobile)
{
    return keep_ends(a, mobile, 3, 4);
}

struct str mask_qq(struct arena *a, struct str qq)
{
    return keep_ends(a, qq, 2, 2);
}

struct str mask_email(struct arena *a, struct str email)
{
    struct str local, domain;
    if (!str_cut(email, '@', &local, &domain) || local.n == 0) return keep_ends(a, email, 0, 0);
    size_t first = 0;
    utf8_next(local, &first);
    return arena_fmt(a, "%.*s***@%.*s", (int)first, local.p, STR_ARG(domain));
}

struct str mask_name(struct arena *a, struct str name)
{
    return keep_ends(a, name, 1, 0);
}
