#include "media/charset.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>

#define WIDEST 4 /* bytes of UTF-8 that one byte may become: three, and room for what came before */

struct charset {
    iconv_t state;
};

static void end(void *what)
{
    iconv_close(((struct charset *)what)->state);
}

enum status charset_begin(struct arena *a, struct fault *f, const char *name, struct charset **ret)
{
    struct charset *c = ARENA_NEW(a, struct charset);
    c->state = iconv_open("UTF-8", name);
    if (c->state == (iconv_t)-1) return fail_detail(f, ST_BROKEN, "iconv knows no %s", name);
    arena_defer(a, end, c);
    *ret = c;
    return ST_OK;
}

bool charset_step(struct charset *c, struct str *from, char *to, size_t size, size_t *ret_n)
{
    char *in = (char *)(uintptr_t)from->p, *out = to;
    size_t in_left = from->n, out_left = size;
    bool good =
        iconv(c->state, &in, &in_left, &out, &out_left) != (size_t)-1 || errno == E2BIG || errno == EINVAL;
    *from = (struct str){in, in_left};
    *ret_n = size - out_left;
    return good;
}

struct str charset_utf8(struct arena *a, const char *name, struct str s)
{
    size_t n = 0, room = s.n * WIDEST + 1;
    char *to = arena_alloc(a, room);
    struct charset c = {iconv_open("UTF-8", name)};
    if (c.state == (iconv_t)-1) return s;
    while (s.n) {
        size_t made;
        bool good = charset_step(&c, &s, to + n, room - n - 1, &made);
        n += made;
        if (good && !s.n) break;
        if (s.n) n += utf8_put(0xFFFD, to + n);
        s = str_sub(s, 1, s.n);
    }
    iconv_close(c.state);
    return (struct str){to, n};
}
