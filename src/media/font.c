#include "media/font.h"

#include <string.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

bool font_covers(struct str text)
{
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_from_string(FONT_SANS);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text.p, (int)text.n);
    bool covers = pango_layout_get_unknown_glyphs_count(layout) == 0;
    pango_font_description_free(font);
    g_object_unref(layout);
    g_object_unref(context);
    return covers;
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
