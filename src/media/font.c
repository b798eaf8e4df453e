#include "media/font.h"

#include "base/utf8.h"

#include <string.h>

#include <fontconfig/fontconfig.h>
#include <pthread.h>

/* What any font of the system has: the set that the text library falls back on. */
static FcCharSet *all_fonts;

static void gather(void)
{
    FcPattern *any = FcPatternCreate();
    FcObjectSet *objects = FcObjectSetBuild(FC_CHARSET, (char *)NULL);
    FcFontSet *found = FcFontList(NULL, any, objects);
    FcCharSet *all = FcCharSetCreate(), *of_font;
    for (int i = 0; found && i < found->nfont; i++)
        if (FcPatternGetCharSet(found->fonts[i], FC_CHARSET, 0, &of_font) == FcResultMatch)
            FcCharSetMerge(all, of_font, NULL);
    if (found) FcFontSetDestroy(found);
    FcObjectSetDestroy(objects);
    FcPatternDestroy(any);
    all_fonts = all;
}

/* Blanks, and what shapes its neighbours and is never seen itself. */
static bool needs_no_glyph(uint32_t c)
{
    return c <= ' ' || c == 0x3000 || (c >= 0x200b && c <= 0x200f) || (c >= 0xfe00 && c <= 0xfe0f) ||
           (c >= 0xe0100 && c <= 0xe01ef);
}

bool font_has(uint32_t c)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, gather);
    return needs_no_glyph(c) || FcCharSetHasChar(all_fonts, c);
}

struct str font_missing(struct arena *a, struct str text)
{
    char *missing = arena_alloc(a, text.n + 1);
    size_t n = 0, seen;
    for (size_t at = 0; at < text.n;) {
        char bytes[4];
        uint32_t c = utf8_next(text, &at);
        if (c == UTF8_BAD || font_has(c)) continue;
        struct str one = {bytes, utf8_put(c, bytes)};
        if (str_find((struct str){missing, n}, one, &seen)) continue;
        memcpy(missing + n, bytes, one.n);
        n += one.n;
    }
    return (struct str){missing, n};
}

bool font_installed(const char *family)
{
    FcPattern *wanted = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, (char *)NULL);
    FcObjectSet *objects = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    FcFontSet *found = FcFontList(NULL, wanted, objects);
    bool installed = found && found->nfont > 0;
    if (found) FcFontSetDestroy(found);
    FcObjectSetDestroy(objects);
    FcPatternDestroy(wanted);
    return installed;
}
