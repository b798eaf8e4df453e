#include "media/colour.h"

#include "base/buf.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

/* As much of a picture as a colour needs. */
#define PIXELS 16

static const uint8_t FACE_IN_ADOBE_RGB[3] = {210, 176, 149}, FACE[3] = {224, 179, 150};

static struct image picture_of(struct arena *a, const uint8_t *rgb)
{
    struct image i = image_new(a, PIXELS, 1);
    for (size_t x = 0; x < PIXELS; x++)
        memcpy(i.rgb + x * 3, rgb, 3);
    return i;
}

static struct bytes saved(struct arena *a, cmsHPROFILE profile)
{
    cmsUInt32Number n = 0;
    assert_true(cmsSaveProfileToMem(profile, NULL, &n));
    uint8_t *p = arena_alloc(a, n);
    assert_true(cmsSaveProfileToMem(profile, p, &n));
    cmsCloseProfile(profile);
    return (struct bytes){p, n};
}

static cmsHPROFILE adobe_rgb_open(void)
{
    cmsCIExyY white = {0.3127, 0.3290, 1};
    cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *gamma = cmsBuildGamma(NULL, 2.2), *curves[3] = {gamma, gamma, gamma};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsFreeToneCurve(gamma);
    return profile;
}

static struct bytes adobe_rgb(struct arena *a)
{
    return saved(a, adobe_rgb_open());
}

static bool close_to(struct image i, const uint8_t *rgb, int most)
{
    for (size_t x = 0; x < PIXELS * 3; x++)
        if (abs(i.rgb[x] - rgb[x % 3]) > most) return false;
    return true;
}

static void colours_become_those_of_srgb(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct image i = picture_of(a, FACE_IN_ADOBE_RGB);
    assert_true(colour_to_srgb(i, adobe_rgb(a)));
    assert_true(close_to(i, FACE, 3));
    i = picture_of(a, FACE);
    assert_true(colour_to_srgb(i, saved(a, cmsCreate_sRGBProfile())));
    assert_true(close_to(i, FACE, 1));
    arena_free(a);
}

static void put(struct buf *b, uint32_t n, int bytes)
{
    while (bytes-- > 0)
        buf_char(b, (char)(n >> bytes * 8));
}

/* A table of so many points each way, of which the file holds a part. */
static struct bytes with_table(struct arena *a, uint8_t points, size_t held)
{
    struct bytes plain = adobe_rgb(a);
    struct buf b;
    size_t table = (size_t)points * points * points * 3;
    buf_init(&b, 1024, 64 << 20);
    buf_add(&b, plain.p, 128); /* the header */
    put(&b, 1, 4);
    put(&b, cmsSigAToB0Tag, 4);
    put(&b, 144, 4);
    put(&b, (uint32_t)(52 + 24 + held * 2), 4);
    put(&b, cmsSigLut16Type, 4);
    put(&b, 0, 4);
    put(&b, 0x03030000u | (uint32_t)points << 8, 4);
    for (int i = 0; i < 9; i++)
        put(&b, i % 4 ? 0 : 0x10000, 4);
    put(&b, 0x00020002, 4);
    for (int i = 0; i < 3; i++)
        put(&b, 0xffff, 4);
    for (size_t i = 0; i < held; i++)
        put(&b, (uint32_t)(i * 0xffff / table), 2);
    for (int i = 0; i < 3; i++)
        put(&b, 0xffff, 4);
    struct bytes file = arena_bytes(a, str_bytes(buf_text(&b)));
    buf_free(&b);
    assert_true(file.n > held * 2);
    uint8_t *size = (uint8_t *)(uintptr_t)file.p;
    for (int i = 0; i < 4; i++)
        size[i] = (uint8_t)(file.n >> (3 - i) * 8);
    return file;
}

static struct bytes with_huge_table(struct arena *a)
{
    return with_table(a, 180, (size_t)180 * 180 * 180 * 3);
}

static struct bytes with_missing_table(struct arena *a)
{
    return with_table(a, 255, 10);
}

static struct bytes with_free_calculation(struct arena *a)
{
    cmsHPROFILE profile = adobe_rgb_open();
    static const cmsFloat64Number ONE[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    cmsPipeline *steps = cmsPipelineAlloc(NULL, 3, 3);
    for (int i = 0; i < 50; i++)
        cmsPipelineInsertStage(steps, cmsAT_END, cmsStageAllocMatrix(NULL, 3, 3, ONE, NULL));
    cmsSetProfileVersion(profile, 4.3);
    assert_true(cmsWriteTag(profile, cmsSigDToB0Tag, steps));
    cmsPipelineFree(steps);
    return saved(a, profile);
}

/* As scanners have them. */
static void a_profile_by_table_is_believed(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct image i = picture_of(a, FACE);
    assert_true(colour_to_srgb(i, with_table(a, 9, (size_t)9 * 9 * 9 * 3)));
    assert_false(close_to(i, FACE, 1));
    arena_free(a);
}

static struct bytes of_grey(struct arena *a)
{
    cmsToneCurve *gamma = cmsBuildGamma(NULL, 2.2);
    struct bytes b = saved(a, cmsCreateGrayProfile(cmsD50_xyY(), gamma));
    cmsFreeToneCurve(gamma);
    return b;
}

static struct bytes zeros(struct arena *a)
{
    uint8_t *p = arena_alloc(a, 100000);
    memset(p, 0, 100000);
    return (struct bytes){p, 100000};
}

static struct bytes none(struct arena *a)
{
    (void)a;
    return (struct bytes){NULL, 0};
}

static struct bytes of_words(struct arena *a)
{
    (void)a;
    return str_bytes(STR("no profile at all"));
}

static struct bytes half(struct arena *a)
{
    struct bytes b = adobe_rgb(a);
    return (struct bytes){b.p, b.n / 2};
}

static struct bytes link_of_devices(struct arena *a)
{
    cmsHPROFILE from = adobe_rgb_open(), to = cmsCreate_sRGBProfile();
    cmsHTRANSFORM t = cmsCreateTransform(from, TYPE_RGB_8, to, TYPE_RGB_8, INTENT_PERCEPTUAL, 0);
    struct bytes b = saved(a, cmsTransform2DeviceLink(t, 4.3, 0));
    cmsDeleteTransform(t);
    cmsCloseProfile(from);
    cmsCloseProfile(to);
    return b;
}

static void what_is_no_honest_profile_changes_nothing(void **state)
{
    (void)state;
    static struct bytes (*const MAKE[])(struct arena *) = {none,
                                                           of_words,
                                                           zeros,
                                                           half,
                                                           of_grey,
                                                           link_of_devices,
                                                           with_huge_table,
                                                           with_missing_table,
                                                           with_free_calculation};
    for (size_t c = 0; c < COUNT(MAKE); c++) {
        struct arena *a = arena_new();
        struct image i = picture_of(a, FACE_IN_ADOBE_RGB);
        if (colour_to_srgb(i, MAKE[c](a))) fail_msg("profile %zu was believed", c);
        assert_true(close_to(i, FACE_IN_ADOBE_RGB, 0));
        arena_free(a);
    }
}

/* Whatever the bytes say, it ends, and within the memory of the sanitizer's redzones. */
static void spoilt_profiles_do_no_harm(void **state)
{
    (void)state;
    uint32_t random = 1;
    struct arena *a = arena_new();
    struct bytes good = adobe_rgb(a);
    for (int round = 0; round < 300; round++) {
        uint8_t *p = arena_alloc(a, good.n);
        memcpy(p, good.p, good.n);
        for (int i = 0; i < 1 + round % 4; i++) {
            random = random * 1664525 + 1013904223;
            p[(random >> 8) % good.n] = (uint8_t)(random >> 24);
        }
        colour_to_srgb(picture_of(a, FACE), (struct bytes){p, good.n});
        if (round % 100 == 0) {
            arena_reset(a);
            good = adobe_rgb(a);
        }
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_become_those_of_srgb),
        cmocka_unit_test(a_profile_by_table_is_believed),
        cmocka_unit_test(what_is_no_honest_profile_changes_nothing),
        cmocka_unit_test(spoilt_profiles_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
