#include "media/photo.h"

#include "base/limits.h"
#include "check.h"
#include "media/jpeg.h"
#include "pictures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void paint_dark_background(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(x, y, width, height, rgb);
    if (rgb[0] == 252) memcpy(rgb, (const uint8_t[]){60, 90, 160}, 3);
}

/* White on the left, as if a lamp stood on the right: the strip is white enough in number but not even. */
static void paint_shadow(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(x, y, width, height, rgb);
    if (rgb[0] == 252 && x > width / 2) memset(rgb, 218, 3);
}

#define COARSE 12

/* A small picture made large: one sample every COARSE pixels, and slopes between. */
static void paint_blurred(int x, int y, int width, int height, uint8_t *rgb)
{
    int left = x / COARSE * COARSE, top = y / COARSE * COARSE, across = x - left, down = y - top;
    uint8_t at[4][3];
    for (int i = 0; i < 4; i++)
        paint_portrait(left + i % 2 * COARSE, top + i / 2 * COARSE, width, height, at[i]);
    for (int c = 0; c < 3; c++) {
        int upper = at[0][c] * (COARSE - across) + at[1][c] * across;
        int lower = at[2][c] * (COARSE - across) + at[3][c] * across;
        rgb[c] = (uint8_t)((upper * (COARSE - down) + lower * down) / (COARSE * COARSE));
    }
}

static void paint_white(int x, int y, int width, int height, uint8_t *rgb)
{
    (void)x, (void)y, (void)width, (void)height;
    memset(rgb, 255, 3);
}

static void paint_grey_scan(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(x, y, width, height, rgb);
    memset(rgb, image_luma(rgb), 3);
}

static struct photo_result check(struct arena *a, struct bytes file)
{
    struct photo_result r;
    memset(&r, 0xa5, sizeof r);
    photo_check(a, file, &photo_rules_default, &r);
    return r;
}

static bool says(const struct photo_result *r, const char *words)
{
    size_t at;
    return *words == '\0' || str_find(r->text, str_from(words), &at);
}

static void assert_is_card_photo(struct arena *a, struct bytes jpeg)
{
    struct jpeg_limits limits = {1 << 20, PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX};
    struct jpeg_picture p;
    assert_int_equal(jpeg_read(a, jpeg, &limits, &p), JPEG_FINE);
    assert_int_equal(p.width, 295);
    assert_int_equal(p.height, 413);
    assert_int_equal(find_marker(jpeg, 0, 0xe1), jpeg.n); /* no EXIF */
}

static void pictures_and_what_is_said_of_them(void **state)
{
    (void)state;
    static const struct {
        struct picture picture;
        enum photo_code code;
        const char *words;
    } cases[] = {
        {{295, 413, 0, 0, false, paint_portrait, false}, PHOTO_OK, ""},
        {{413, 579, 0, 0, false, paint_portrait, false}, PHOTO_OK, ""},
        {{600, 840, 0, 0, true, paint_portrait, false}, PHOTO_OK, ""},
        {{295, 402, 0, 0, false, paint_portrait, false}, PHOTO_OK, ""}, /* 5:7 + 2.7 % */
        {{295, 425, 0, 0, false, paint_portrait, false}, PHOTO_OK, ""}, /* 5:7 − 2.8 % */
        {{412, 560, 0, 0, false, paint_portrait, false}, PHOTO_OK, ""}, /* 3 % to the hair, in all four */
        {{309, 420, 0, 0, false, paint_portrait, false}, PHOTO_OK, ""},
        {{388, 560, 0, 0, false, paint_portrait, false}, PHOTO_OK, ""},
        {{485, 700, 0, 0, false, paint_portrait, false}, PHOTO_OK, ""},
        {{413, 561, 0, 0, false, paint_portrait, false}, PHOTO_WRONG_SHAPE, "413×561"},
        {{387, 560, 0, 0, false, paint_portrait, false}, PHOTO_WRONG_SHAPE, "387×560"},
        {{295, 400, 0, 0, false, paint_portrait, false}, PHOTO_WRONG_SHAPE, "295×400"},
        {{295, 427, 0, 0, false, paint_portrait, false}, PHOTO_WRONG_SHAPE, "5:7"},
        {{600, 600, 0, 0, false, paint_portrait, false}, PHOTO_WRONG_SHAPE, "裁剪"},
        {{413, 295, 0, 0, false, paint_portrait, false}, PHOTO_WRONG_SHAPE, "413×295"},
        {{294, 412, 0, 0, false, paint_portrait, false}, PHOTO_TOO_NARROW, "294×412"},
        {{413, 290, 0, 6, false, paint_portrait, false}, PHOTO_TOO_NARROW, "290×413"}, /* upright */
        {{2001, 2800, 0, 0, false, paint_white, false}, PHOTO_TOO_MANY_PIXELS, "2001×2800"},
        {{295, 413, JCS_GRAYSCALE, 0, false, paint_portrait, false}, PHOTO_GREY_FILE, "彩色"},
        {{295, 413, JCS_CMYK, 0, false, paint_portrait, false}, PHOTO_CMYK, "CMYK"},
        {{295, 413, 0, 0, false, paint_white, false}, PHOTO_BLANK, "白色"},
        {{295, 413, 0, 0, false, paint_grey_scan, false}, PHOTO_NO_COLOUR, "彩色"},
        {{295, 413, 0, 0, false, paint_dark_background, false}, PHOTO_BACKGROUND, "背景"},
        {{295, 413, 0, 0, false, paint_shadow, false}, PHOTO_BACKGROUND, "阴影"},
        {{295, 413, 0, 0, false, paint_blurred, false}, PHOTO_BLURRED, "清晰"},
    };
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct arena *a = arena_new();
        struct photo_result r = check(a, picture_jpeg(a, &cases[c].picture));
        if (r.code != cases[c].code) print_error("picture %zu: %.*s\n", c, STR_ARG(r.text));
        assert_int_equal(r.code, cases[c].code);
        assert_true(says(&r, cases[c].words));
        assert_int_equal(r.text.n > 0, r.code != PHOTO_OK);
        assert_int_equal(r.soft, r.code == PHOTO_BACKGROUND || r.code == PHOTO_BLURRED);
        if (r.code == PHOTO_OK || r.soft)
            assert_is_card_photo(a, r.jpeg);
        else
            assert_null(r.jpeg.p);
        arena_free(a);
    }
}

/* A picture of tests/media/cases. */
static struct bytes sent(struct arena *a, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", getenv("CASES"), name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *p = arena_alloc(a, LIMIT_PHOTO_BYTES);
    size_t n = fread(p, 1, LIMIT_PHOTO_BYTES, file);
    fclose(file);
    return (struct bytes){p, n};
}

static void what_people_send_keeps_the_colour_of_the_face(void **state)
{
    (void)state;
    static const char *const FILES[] = {"phone-sos-zero.jpg", "phone-stray-before-end.jpg", "jfif-201.jpg",
                                        "no-end-marker.jpg", "adobe-rgb.jpg"};
    static const uint8_t FACE[3] = {224, 179, 150};
    for (size_t f = 0; f < COUNT(FILES); f++) {
        struct arena *a = arena_new();
        struct jpeg_limits limits = {1 << 20, PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX};
        struct jpeg_picture kept;
        struct photo_result r = check(a, sent(a, FILES[f]));
        if (r.code != PHOTO_OK) fail_msg("%s: %.*s", FILES[f], STR_ARG(r.text));
        assert_int_equal(find_marker(r.jpeg, 0, 0xe2), r.jpeg.n); /* no profile */
        assert_int_equal(jpeg_read(a, r.jpeg, &limits, &kept), JPEG_FINE);
        const uint8_t *face = image_at(&kept.image, 147, 190);
        for (int c = 0; c < 3; c++)
            if (abs(face[c] - FACE[c]) > 8)
                fail_msg("%s: the face is %d,%d,%d", FILES[f], face[0], face[1], face[2]);
        arena_free(a);
    }
}

static void files_that_are_no_jpeg(void **state)
{
    (void)state;
    static const struct {
        struct str file;
        enum photo_code code;
        const char *words;
    } cases[] = {
        {STR_INIT(""), PHOTO_EMPTY, "空"},
        {STR_INIT("\x89PNG\r\n\x1a\n...."), PHOTO_NOT_JPEG, "PNG"},
        {STR_INIT("GIF89a......"), PHOTO_NOT_JPEG, "GIF"},
        {STR_INIT("RIFF\x10\0\0\0WEBPVP8 "), PHOTO_NOT_JPEG, "WebP"},
        {STR_INIT("\0\0\0\x18"
                  "ftypheic...."),
         PHOTO_NOT_JPEG, "HEIC"},
        {STR_INIT("%PDF-1.7"), PHOTO_NOT_JPEG, "PDF"},
        {STR_INIT("MZ garbage"), PHOTO_NOT_JPEG, "JPG"},
        {STR_INIT("\xff\xd8"), PHOTO_NOT_JPEG, "JPG"},
        {STR_INIT("\xff\xd8\xff"), PHOTO_DAMAGED, "损坏"},
        {STR_INIT("\xff\xd8\xff\xe0\0\x10JFIF\0 and then nonsense"), PHOTO_DAMAGED, "损坏"},
    };
    struct arena *a = arena_new();
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct photo_result r = check(a, str_bytes(cases[c].file));
        assert_int_equal(r.code, cases[c].code);
        assert_true(says(&r, cases[c].words));
        assert_false(r.soft);
        assert_null(r.jpeg.p);
    }
    arena_free(a);
}

static void the_size_limit_is_inclusive_and_named(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct picture p = {295, 413, 0, 0, false, paint_portrait, false};
    struct bytes file = picture_jpeg(a, &p);
    uint8_t *padded = arena_alloc(a, 153601);
    memcpy(padded, file.p, file.n);
    assert_int_equal(check(a, (struct bytes){padded, 153600}).code, PHOTO_OK);
    struct photo_result r = check(a, (struct bytes){padded, 153601});
    assert_int_equal(r.code, PHOTO_TOO_LARGE);
    assert_true(says(&r, "153601 字节") && says(&r, "150 KB（153600 字节）"));
    arena_free(a);
}

static void nothing_of_the_sent_bytes_survives(void **state)
{
    (void)state;
    static const char tail[] = "<script>alert(1)</script>";
    struct arena *a = arena_new();
    struct picture p = {413, 579, 0, 1, false, paint_portrait, false};
    struct bytes file = picture_jpeg(a, &p);
    uint8_t *longer = arena_alloc(a, file.n + sizeof tail);
    memcpy(longer, file.p, file.n);
    memcpy(longer + file.n, tail, sizeof tail);
    struct photo_result r = check(a, (struct bytes){longer, file.n + sizeof tail});
    assert_int_equal(r.code, PHOTO_OK);
    assert_null(memmem(r.jpeg.p, r.jpeg.n, "script", 6));
    assert_memory_equal(r.jpeg.p + r.jpeg.n - 2, "\xff\xd9", 2);
    assert_is_card_photo(a, r.jpeg);
    arena_free(a);
}

/* A picture stored lying on its side comes out upright: coat below, hair above. */
static void paint_lying(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(height - 1 - y, x, height, width, rgb);
}

static void exif_orientation_is_applied(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct picture p = {579, 413, 0, 6, false, paint_lying, false};
    struct photo_result r = check(a, picture_jpeg(a, &p));
    assert_int_equal(r.code, PHOTO_OK);
    struct jpeg_limits limits = {1 << 20, PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX};
    struct jpeg_picture upright;
    assert_int_equal(jpeg_read(a, r.jpeg, &limits, &upright), JPEG_FINE);
    const uint8_t *coat = image_at(&upright.image, 147, 400);
    assert_true(coat[2] > coat[0] + 40);
    arena_free(a);
}

static void every_rule_can_be_set(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct picture p = {295, 413, 0, 0, false, paint_dark_background, false};
    struct bytes file = picture_jpeg(a, &p);
    struct photo_rules rules = photo_rules_default;
    rules.white_min = 0;
    rules.white_spread = 255;
    rules.background_deviation = 255;
    rules.blank_percent = 100;
    struct photo_result r;
    photo_check(a, file, &rules, &r);
    assert_int_equal(r.code, PHOTO_OK);
    rules.sharpness = 100000;
    photo_check(a, file, &rules, &r);
    assert_int_equal(r.code, PHOTO_BLURRED);
    rules.max_bytes = 100;
    photo_check(a, file, &rules, &r);
    assert_int_equal(r.code, PHOTO_TOO_LARGE);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_and_what_is_said_of_them),
        cmocka_unit_test(what_people_send_keeps_the_colour_of_the_face),
        cmocka_unit_test(files_that_are_no_jpeg),
        cmocka_unit_test(the_size_limit_is_inclusive_and_named),
        cmocka_unit_test(nothing_of_the_sent_bytes_survives),
        cmocka_unit_test(exif_orientation_is_applied),
        cmocka_unit_test(every_rule_can_be_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
