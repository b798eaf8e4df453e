#include "media/wire.h"

/* The next n bytes of what is read; NULL when there are not so many. */
static const char *next(struct wire *w, size_t n)
{
    if (w->bad || n > w->in.n) {
        w->bad = true;
        return NULL;
    }
    const char *p = w->in.p;
    w->in = (struct str){p + n, w->in.n - n};
    return p;
}

void wire_value(struct wire *w, void *value, size_t size)
{
    if (w->out) {
        buf_add(w->out, value, size);
        return;
    }
    const char *p = next(w, size);
    if (p)
        memcpy(value, p, size);
    else
        memset(value, 0, size);
}

void wire_str(struct wire *w, struct str *s)
{
    size_t n = s->n;
    WIRE_VALUE(w, n);
    if (w->out) {
        buf_add(w->out, s->p, n);
        return;
    }
    const char *p = next(w, n);
    *s = p ? (struct str){p, n} : STR("");
}

static void write_items(struct wire *w, const char *items, size_t n, size_t size, wire_fn *each)
{
    void *copy = arena_alloc(w->arena, size); /* the functions are made for both directions: they may write */
    for (size_t i = 0; i < n; i++) {
        memcpy(copy, items + i * size, size);
        each(w, copy);
    }
}

/* Whatever stands in a list has at least one byte, so that a length past the end is seen before it is taken.
 */
const void *wire_list(struct wire *w, const void *list, size_t *n, size_t size, wire_fn *each)
{
    WIRE_VALUE(w, *n);
    if (w->out) {
        write_items(w, list, *n, size, each);
        return list;
    }
    w->bad |= *n > w->in.n;
    if (w->bad) *n = 0;
    char *items = arena_array(w->arena, *n, size);
    for (size_t i = 0; i < *n; i++)
        each(w, items + i * size);
    return items;
}
