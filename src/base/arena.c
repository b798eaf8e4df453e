#include "base/arena.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
/* Between two pieces stays a poisoned gap, so that a run over the end is seen. */
#define GAP 16
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP            0
#endif

#define FIRST_BLOCK (16u << 10)
#define ALIGN       16u

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(ALIGN) unsigned char memory[];
};

struct deferred {
    struct deferred *next;
    void (*close)(void *);
    void *what;
};

struct arena {
    struct block *first, *current;
    struct deferred *deferred;
    size_t size, limit;
};

/* Where this thread goes on when memory is gone. */
static _Thread_local struct guard {
    jmp_buf here;
    struct guard *outer;
} * guard;

void memory_gone(void)
{
    if (guard) longjmp(guard->here, 1);
    fputs("huiyuan: out of memory\n", stderr);
    abort();
}

static struct block *block_new(struct arena *a, size_t size)
{
    if (size > a->limit - a->size) memory_gone();
    struct block *b = malloc(sizeof *b + size);
    if (!b) memory_gone();
    a->size += size;
    b->next = NULL;
    b->size = size;
    b->used = 0;
    POISON(b->memory, size);
    return b;
}

struct arena *arena_new(void)
{
    struct block *b = malloc(sizeof *b + FIRST_BLOCK);
    struct arena *a = calloc(1, sizeof *a);
    if (!a || !b) {
        free(a);
        free(b);
        memory_gone();
    }
    *b = (struct block){.size = FIRST_BLOCK};
    POISON(b->memory, b->size);
    a->first = a->current = b;
    a->size = FIRST_BLOCK;
    a->limit = SIZE_MAX;
    return a;
}

void arena_limit(struct arena *a, size_t bytes)
{
    a->limit = bytes > a->size ? bytes : a->size;
}

size_t arena_size(const struct arena *a)
{
    return a->size;
}

static void run_deferred(struct arena *a, const struct deferred *until)
{
    while (a->deferred && a->deferred != until) {
        struct deferred *d = a->deferred;
        a->deferred = d->next;
        d->close(d->what);
    }
}

bool memory_try(struct arena *a, void (*work)(void *), void *arg)
{
    struct guard mine;
    struct deferred *before = a ? a->deferred : NULL;
    mine.outer = guard;
    bool gone = setjmp(mine.here) != 0;
    if (!gone) {
        guard = &mine;
        work(arg);
    }
    guard = mine.outer;
    if (gone && a) run_deferred(a, before);
    return !gone;
}

static void wipe(struct block *b)
{
    UNPOISON(b->memory, b->size);
    explicit_bzero(b->memory, b->used);
}

static void free_blocks(struct arena *a, struct block *b)
{
    while (b) {
        struct block *next = b->next;
        wipe(b);
        a->size -= b->size;
        free(b);
        b = next;
    }
}

void arena_free(struct arena *a)
{
    if (!a) return;
    run_deferred(a, NULL);
    free_blocks(a, a->first);
    free(a);
}

void arena_reset(struct arena *a)
{
    run_deferred(a, NULL);
    free_blocks(a, a->first->next);
    wipe(a->first);
    a->first->next = NULL;
    a->first->used = 0;
    a->current = a->first;
    POISON(a->first->memory, a->first->size);
}

static void *take(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 4) memory_gone();
    size_t need = (size + GAP + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    struct block *b = a->current;
    if (need > b->size - b->used) {
        size_t next_size = b->size * 2;
        if (next_size > (1u << 20)) next_size = 1u << 20;
        b->next = block_new(a, need > next_size ? need : next_size);
        a->current = b = b->next;
    }
    void *p = b->memory + b->used;
    b->used += need;
    UNPOISON(p, size);
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return memset(take(a, size), 0, size);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) memory_gone();
    return arena_alloc(a, bytes);
}

void *arena_grow(struct arena *a, void *p, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return p;
    size_t wider = *cap ? *cap * 2 : 8;
    void *copy = arena_array(a, wider, size);
    if (n) memcpy(copy, p, n * size);
    *cap = wider;
    return copy;
}

char *arena_cstr(struct arena *a, struct str s)
{
    char *p = take(a, s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return p;
}

struct str arena_str(struct arena *a, struct str s)
{
    return s.p ? (struct str){arena_cstr(a, s), s.n} : STR_NONE;
}

struct bytes arena_bytes(struct arena *a, struct bytes b)
{
    if (!b.p) return (struct bytes){0};
    uint8_t *p = take(a, b.n + 1);
    if (b.n) memcpy(p, b.p, b.n);
    p[b.n] = 0;
    return (struct bytes){p, b.n};
}

struct str arena_hex(struct arena *a, struct bytes b)
{
    static const char HEX[] = "0123456789abcdef";
    char *text = take(a, 2 * b.n + 1);
    for (size_t i = 0; i < b.n; i++) {
        text[2 * i] = HEX[b.p[i] >> 4];
        text[2 * i + 1] = HEX[b.p[i] & 15];
    }
    text[2 * b.n] = 0;
    return (struct str){text, 2 * b.n};
}

struct str arena_vfmt(struct arena *a, const char *format, va_list args)
{
    char mostly[256];
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(mostly, sizeof mostly, format, again);
    va_end(again);
    if (n < 0) return STR("");
    if ((size_t)n < sizeof mostly) return arena_str(a, (struct str){mostly, (size_t)n});
    char *p = take(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, args);
    return (struct str){p, (size_t)n};
}

struct str arena_fmt(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str s = arena_vfmt(a, format, args);
    va_end(args);
    return s;
}

struct tying {
    struct arena *arena;
    struct deferred *made;
};

static void make_deferred(void *arg)
{
    struct tying *t = arg;
    t->made = ARENA_NEW(t->arena, struct deferred);
}

/* What can't be tied is closed here: nobody else would. */
void arena_defer(struct arena *a, void (*close)(void *), void *what)
{
    struct tying t = {.arena = a};
    bool fits = a->current->size - a->current->used >= sizeof *t.made + GAP + ALIGN;
    if (fits) {
        make_deferred(&t);
    } else if (!memory_try(a, make_deferred, &t)) {
        close(what);
        memory_gone();
    }
    *t.made = (struct deferred){a->deferred, close, what};
    a->deferred = t.made;
}

static void end_child(void *child)
{
    arena_free(child);
}

struct arena *arena_child(struct arena *parent)
{
    struct arena *a = arena_new();
    arena_defer(parent, end_child, a);
    return a;
}
