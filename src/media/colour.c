#include "media/colour.h"

#include <stdlib.h>

#include <lcms2.h>
#include <lcms2_plugin.h>

/* All that the library may ask for during one conversion, whatever it gives back in between. Honest profiles
 * of cameras and screens take about 1 MB, most of it the table that the library makes for itself. */
#define BUDGET_BYTES (32u << 20)

struct budget {
    size_t left;
};

static bool spend(cmsContext context, size_t n)
{
    struct budget *b = cmsGetContextUserData(context);
    if (!b) return true; /* the context itself is under way */
    if (n > b->left) return false;
    b->left -= n;
    return true;
}

static void *take(cmsContext context, cmsUInt32Number n)
{
    return spend(context, n) ? malloc(n) : NULL;
}

static void give_back(cmsContext context, void *p)
{
    (void)context;
    free(p);
}

static void *take_more(cmsContext context, void *p, cmsUInt32Number n)
{
    return spend(context, n) ? realloc(p, n) : NULL;
}

static cmsContext context_new(struct budget *b)
{
    cmsPluginMemHandler memory = {
        .base = {.Magic = cmsPluginMagicNumber,
                 .ExpectedVersion = LCMS_VERSION,
                 .Type = cmsPluginMemHandlerSig},
        .MallocPtr = take,
        .FreePtr = give_back,
        .ReallocPtr = take_more,
    };
    return cmsCreateContext(&memory, b);
}

/* The tags of free calculations may name a step thousands of times; nobody's camera writes them. */
static bool calculates(cmsHPROFILE profile)
{
    static const cmsTagSignature FREE[] = {cmsSigDToB0Tag, cmsSigDToB1Tag, cmsSigDToB2Tag, cmsSigDToB3Tag,
                                           cmsSigBToD0Tag, cmsSigBToD1Tag, cmsSigBToD2Tag, cmsSigBToD3Tag};
    for (size_t i = 0; i < sizeof FREE / sizeof *FREE; i++)
        if (cmsIsTag(profile, FREE[i])) return true;
    return false;
}

static bool fits(cmsHPROFILE profile)
{
    switch ((uint32_t)cmsGetDeviceClass(profile)) {
    case cmsSigInputClass:
    case cmsSigDisplayClass:
    case cmsSigOutputClass:
    case cmsSigColorSpaceClass:
        return !calculates(profile); /* of other colours than RGB no conversion can be made */
    default:
        return false;
    }
}

static bool convert(cmsContext context, cmsHPROFILE from, struct image image)
{
    cmsHPROFILE to = cmsCreate_sRGBProfileTHR(context);
    cmsHTRANSFORM transform =
        to ? cmsCreateTransformTHR(context, from, TYPE_RGB_8, to, TYPE_RGB_8, INTENT_PERCEPTUAL, 0) : NULL;
    if (transform) {
        cmsDoTransform(transform, image.rgb, image.rgb, (cmsUInt32Number)(image.width * image.height));
        cmsDeleteTransform(transform);
    }
    if (to) cmsCloseProfile(to);
    return transform != NULL;
}

bool colour_to_srgb(struct image image, struct bytes profile)
{
    struct budget budget = {BUDGET_BYTES};
    bool converted = false;
    cmsContext context = profile.n ? context_new(&budget) : NULL;
    if (!context) return false;
    cmsHPROFILE from = cmsOpenProfileFromMemTHR(context, profile.p, (cmsUInt32Number)profile.n);
    if (from) {
        converted = fits(from) && convert(context, from, image);
        cmsCloseProfile(from);
    }
    cmsDeleteContext(context);
    return converted;
}
