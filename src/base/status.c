#include "base/status.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int http;
} STATUSES[] = {
    [ST_OK] = {"ok", 200},
    [ST_BAD_INPUT] = {"bad_input", 422},
    [ST_LOGIN] = {"login", 303},
    [ST_FORBIDDEN] = {"forbidden", 403},
    [ST_NOT_FOUND] = {"not_found", 404},
    [ST_CONFLICT] = {"conflict", 409},
    [ST_TOO_LARGE] = {"too_large", 413},
    [ST_TOO_MANY] = {"too_many", 429},
    [ST_UNAVAILABLE] = {"unavailable", 503},
    [ST_BROKEN] = {"broken", 500},
};

#ifndef __clang_analyzer__
static void put(char *to, size_t size, const char *format, va_list args)
{
    int n = vsnprintf(to, size, format, args);
    if (n < (int)size) return;
    struct str whole = utf8_clip((struct str){to, size - 1}, size - 1);
    to[whole.n] = 0;
}

enum status fail(struct fault *f, enum status status, const char *format, ...)
{
    if (!f) return status;
    va_list args;
    va_start(args, format);
    f->status = status;
    put(f->text, sizeof f->text, format, args);
    va_end(args);
    return status;
}

enum status fail_detail(struct fault *f, enum status status, const char *format, ...)
{
    if (!f) return status;
    va_list args;
    va_start(args, format);
    f->status = status;
    put(f->detail, sizeof f->detail, format, args);
    va_end(args);
    return status;
}
#endif

int status_http(enum status s)
{
    return STATUSES[s].http;
}

const char *status_name(enum status s)
{
    return STATUSES[s].name;
}

void problem_add(struct problems *ps, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct problem *p = ARENA_PUSH(ps->arena, ps);
    p->field = arena_str(ps->arena, str_from(field));
    p->text = arena_vfmt(ps->arena, format, args);
    va_end(args);
}

struct str problem_of(const struct problems *ps, struct str field)
{
    for (size_t i = 0; i < ps->n; i++)
        if (str_eq(ps->p[i].field, field)) return ps->p[i].text;
    return STR_NONE;
}
