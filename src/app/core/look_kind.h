/* A delicate act that another account with the same role looks at (product.md, Second looks): a row of its
 * feature (feature.c). */
#ifndef APP_CORE_LOOK_KIND_H
#define APP_CORE_LOOK_KIND_H

#include "app/core/ctx.h"

struct look;

struct look_kind {
    const char *word, *title; /* the word is stable: data-what */
    unsigned role;            /* of the act; any of these bits */
    /* Does, or drops, what waited for the look, inside its transaction and with the person held; NULL:
     * nothing of this kind ever waits. */
    enum status (*carry_out)(struct ctx *c, const struct look *l, bool refused);
};

#endif
