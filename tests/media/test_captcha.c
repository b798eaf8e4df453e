#include "media/captcha.h"

#include "check.h"
#include "read_png.h"

#include <math.h>
#include <string.h>

static void texts_have_no_look_alikes_and_differ(void **state)
{
    (void)state;
    char previous[CAPTCHA_LENGTH + 1] = "", text[CAPTCHA_LENGTH + 1];
    int same = 0;
    for (int i = 0; i < 500; i++) {
        captcha_text(text);
        assert_int_equal(strlen(text), CAPTCHA_LENGTH);
        assert_int_equal(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), CAPTCHA_LENGTH);
        assert_null(strpbrk(text, "0ODQ1IL2Z5S8BGUV"));
        same += strcmp(text, previous) == 0;
        memcpy(previous, text, sizeof text);
    }
    assert_true(same < 10); /* of 160 000 texts */
}

static double linear(uint8_t c)
{
    double v = c / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* WCAG 2.2 relative luminance. */
static double luminance(const uint8_t *rgb)
{
    return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

static void assert_has_ink_that_stands_out(const struct image *i)
{
    double paper = luminance(image_at(i, 0, 0)), light = 0;
    int dark = 0;
    for (int y = 0; y < i->height; y++) {
        for (int x = 0; x < i->width; x++) {
            double here = luminance(image_at(i, x, y));
            light = fmax(light, here);
            dark += (fmax(light, paper) + 0.05) / (here + 0.05) > 4.5;
        }
    }
    assert_in_range(dark, 350, i->width * i->height / 3);
}

static void pictures_are_legible_and_never_twice_the_same(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes previous = {0};
    for (int n = 0; n < 20; n++) {
        struct bytes png = captcha_png(a, STR("AC34"));
        struct image i = read_png(a, png);
        assert_int_equal(i.width, CAPTCHA_WIDTH_PX);
        assert_int_equal(i.height, CAPTCHA_HEIGHT_PX);
        assert_has_ink_that_stands_out(&i);
        assert_false(bytes_eq(png, previous));
        previous = png;
    }
    arena_free(a);
}

static int ink_of(struct arena *a, struct str text)
{
    struct image i = read_png(a, captcha_png(a, text));
    int dark = 0;
    for (int p = 0; p < i.width * i.height; p++)
        dark += image_luma(i.rgb + p * 3) < 120;
    return dark;
}

static void letters_are_drawn_and_no_more_than_fit(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    int none = ink_of(a, STR_NONE), four = ink_of(a, STR("MMMM")), more = ink_of(a, STR("MMMMMMMMMMMM"));
    assert_true(four > none + 400);
    assert_true(more < four * 3 / 2);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_have_no_look_alikes_and_differ),
        cmocka_unit_test(pictures_are_legible_and_never_twice_the_same),
        cmocka_unit_test(letters_are_drawn_and_no_more_than_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
