#include "app/core/printable.h"

#include "media/font.h"

struct str unprintable(struct ctx *c, const struct str *texts, size_t n)
{
    struct str missing = STR("");
    for (size_t i = 0; i < n; i++) {
        struct str here = font_missing(c->arena, texts[i]);
        if (!here.n) continue;
        struct str both = arena_fmt(c->arena, "%.*s%.*s", STR_ARG(missing), STR_ARG(here));
        missing = font_missing(c->arena, both); /* each once */
    }
    return missing;
}
