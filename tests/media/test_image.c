#include "media/image.h"

#include "check.h"

#include <math.h>
#include <string.h>

/* 3 × 2 pixels, each with its own red: 1 2 3 / 4 5 6. */
static struct image six(struct arena *a)
{
    struct image i = image_new(a, 3, 2);
    for (int p = 0; p < 6; p++)
        i.rgb[p * 3] = (uint8_t)(p + 1);
    return i;
}

static void each_orientation_stands_upright(void **state)
{
    (void)state;
    static const struct {
        int orientation, width;
        uint8_t reds[6];
    } cases[] = {
        {0, 3, {1, 2, 3, 4, 5, 6}}, {1, 3, {1, 2, 3, 4, 5, 6}}, {2, 3, {3, 2, 1, 6, 5, 4}},
        {3, 3, {6, 5, 4, 3, 2, 1}}, {4, 3, {4, 5, 6, 1, 2, 3}}, {5, 2, {1, 4, 2, 5, 3, 6}},
        {6, 2, {4, 1, 5, 2, 6, 3}}, {7, 2, {6, 3, 5, 2, 4, 1}}, {8, 2, {3, 6, 2, 5, 1, 4}},
        {9, 3, {1, 2, 3, 4, 5, 6}},
    };
    struct arena *a = arena_new();
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct image i = image_upright(a, six(a), cases[c].orientation);
        assert_int_equal(i.width, cases[c].width);
        assert_int_equal(i.width * i.height, 6);
        for (int p = 0; p < 6; p++)
            assert_int_equal(i.rgb[p * 3], cases[c].reds[p]);
    }
    arena_free(a);
}

static void resizing_takes_the_mean_of_the_area(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct image from = image_new(a, 4, 2);
    static const uint8_t greens[] = {0, 100, 10, 30, 100, 200, 50, 70};
    for (int p = 0; p < 8; p++)
        from.rgb[p * 3 + 1] = greens[p];
    struct image half = image_resize(a, from, (struct image_part){0, 0, 4, 2}, 2, 1);
    assert_int_equal(half.rgb[1], 100);
    assert_int_equal(half.rgb[4], 40);
    struct image part = image_resize(a, from, (struct image_part){0.5, 0, 1, 1}, 1, 1);
    assert_int_equal(part.rgb[1], 50);
    struct image larger = image_resize(a, from, (struct image_part){0, 0, 4, 2}, 8, 4);
    assert_int_equal(larger.rgb[1], 0);
    assert_int_equal(image_at(&larger, 7, 3)[1], 70);
    arena_free(a);
}

static void the_crop_keeps_the_top(void **state)
{
    (void)state;
    struct image_part wide = image_crop(300, 350, 5.0 / 7);
    assert_true(fabs(wide.width - 250) < 1e-9 && fabs(wide.x - 25) < 1e-9 && wide.height == 350);
    struct image_part tall = image_crop(250, 400, 5.0 / 7);
    assert_true(tall.y == 0 && fabs(tall.height - 350) < 1e-9 && tall.width == 250);
}

static void sharpness_tells_a_step_from_a_slope(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct image step = image_new(a, 32, 32), slope = image_new(a, 32, 32);
    for (int p = 0; p < 32 * 32; p++) {
        memset(step.rgb + p * 3, p % 32 < 16 ? 0 : 200, 3);
        memset(slope.rgb + p * 3, p % 32 * 6, 3);
    }
    assert_true(image_sharpness(slope) < 1);
    assert_true(image_sharpness(step) > 1000);
    arena_free(a);
}

static void luma_and_spread(void **state)
{
    (void)state;
    static const struct {
        uint8_t rgb[3];
        int luma, spread;
    } cases[] = {
        {{0, 0, 0}, 0, 0}, {{255, 255, 255}, 255, 0}, {{255, 0, 0}, 76, 255}, {{10, 60, 30}, 42, 50}};
    for (size_t c = 0; c < COUNT(cases); c++) {
        assert_int_equal(image_luma(cases[c].rgb), cases[c].luma);
        assert_int_equal(image_spread(cases[c].rgb), cases[c].spread);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_orientation_stands_upright),
        cmocka_unit_test(resizing_takes_the_mean_of_the_area),
        cmocka_unit_test(the_crop_keeps_the_top),
        cmocka_unit_test(sharpness_tells_a_step_from_a_slope),
        cmocka_unit_test(luma_and_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
