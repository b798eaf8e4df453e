/* Structs as bytes and back, for another process of the same binary. One function a struct says it in both
 * directions, so that they cannot differ. */
#ifndef MEDIA_WIRE_H
#define MEDIA_WIRE_H

#include "base/buf.h"

struct wire {
    struct buf *out;     /* written to; NULL: it is read from `in` */
    struct str in;       /* what is left of it; texts that were read lie in it */
    struct arena *arena; /* where lists that are read go, and copies while writing */
    bool bad;            /* what was read is none of ours: the rest is zero */
};

#define WIRE_VALUE(w, value) wire_value((w), &(value), sizeof(value)) /* a number, a bool, an enum */
void wire_value(struct wire *w, void *value, size_t size);
void wire_str(struct wire *w, struct str *s);
typedef void wire_fn(struct wire *w, void *one);
/* A list and its length. */
#define WIRE_LIST(w, list, n, each) ((list) = wire_list((w), (list), &(n), sizeof *(list), (each)))
const void *wire_list(struct wire *w, const void *list, size_t *n, size_t size, wire_fn *each);

#endif
