/* 待办: something that waits for somebody. A row of its feature (feature.c). */
#ifndef APP_CORE_TODO_KIND_H
#define APP_CORE_TODO_KIND_H

#include "app/core/ctx.h"

struct todo_found {
    int64_t count;
    struct day since; /* of the oldest of them; DAY_NONE: they have no age */
    struct str list;  /* the address of the list that holds them */
};

struct todo_kind {
    const char *word, *title; /* the word is stable: data-kind */
    enum side side;           /* whose list it stands in, … */
    unsigned roles;           /* … of the association's: with any of these roles */
    const char *owner;        /* whose turn it is, where it is not the reader's; else NULL */
    enum status (*find)(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret);
};

#endif
