/* Memory with a lifetime: one arena for a request or a command, one for the process. Everything in it goes at
 * once, and is wiped then: a request's holds passwords and numbers. Allocation never returns NULL and is
 * zeroed: memory that is gone ends the work that memory_try runs, and without one the process. Other
 * resources (statement, transaction, file) are tied to the arena with arena_defer and closed in reverse order
 * when it ends. Not for two threads at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

struct arena;

struct arena *arena_new(void);
/* For a row of long work: it ends with its parent, with what it has deferred itself. */
struct arena *arena_child(struct arena *parent);
void arena_free(struct arena *a);  /* runs the deferred calls, newest first; NULL is fine */
void arena_reset(struct arena *a); /* the same, but the arena stays and keeps its first block and its limit */

/* What it may take of the machine, in bytes; a new one takes what it is asked for. */
void arena_limit(struct arena *a, size_t bytes);
size_t arena_size(const struct arena *a); /* what it takes now */

/* Runs work(arg). When memory is gone on the way, of this arena's limit or of the machine for whatever this
 * thread asks, the work is left where it stands, what it deferred in `a` is run, and false returned. What the
 * work holds must therefore hang on `a`, or be the caller's to free. `a` may be NULL where the work defers
 * nothing. */
bool memory_try(struct arena *a, void (*work)(void *), void *arg) __attribute__((warn_unused_result));
_Noreturn void memory_gone(void); /* for what allocates otherwise */

void *arena_alloc(struct arena *a, size_t size)
    __attribute__((returns_nonnull)); /* aligned for any type, zeroed */
void *arena_array(struct arena *a, size_t n, size_t size) __attribute__((returns_nonnull));
#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* Copies end in a NUL that is not counted, so .p is also a C string. None stays none. */
struct str arena_str(struct arena *a, struct str s);
struct bytes arena_bytes(struct arena *a, struct bytes b);
char *arena_cstr(struct arena *a, struct str s);
struct str arena_hex(struct arena *a, struct bytes b); /* two lower-case digits a byte */
struct str arena_fmt(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str arena_vfmt(struct arena *a, const char *format, va_list args);

void arena_defer(struct arena *a, void (*close)(void *), void *what);

/* What a list that grows in an arena is made of: struct people { LIST(struct person); }. Zeroed it is empty.
 */
#define LIST(type)                                                                                           \
    type *p;                                                                                                 \
    size_t n, cap
/* ARENA_PUSH returns a pointer to the new zeroed last element. */
void *arena_grow(struct arena *a, void *p, size_t n, size_t *cap, size_t size)
    __attribute__((returns_nonnull));
/* Room for so many from the start, where it is known; the list is empty then. */
#define ARENA_RESERVE(a, list, room)                                                                         \
    ((list)->p = (__typeof__((list)->p))arena_array((a), (room), sizeof *(list)->p), (list)->n = 0,          \
     (list)->cap = (room))
#define ARENA_PUSH(a, list)                                                                                  \
    ((list)->p =                                                                                             \
         (__typeof__((list)->p))arena_grow((a), (list)->p, (list)->n, &(list)->cap, sizeof *(list)->p),      \
     &(list)->p[(list)->n++])

#endif
