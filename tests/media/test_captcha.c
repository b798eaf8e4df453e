#include "media/captcha.h"

#include "check.h"
#include "read_png.h"

#include <math.h>
#include <stdlib.h>
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

/* Ink and paper, both in plenty, and little between them. */
static void assert_two_tones_that_stand_apart(const struct image *i)
{
    double light = 0;
    int dark = 0, bright = 0;
    for (int p = 0; p < i->width * i->height; p++)
        light = fmax(light, luminance(i->rgb + p * 3));
    for (int p = 0; p < i->width * i->height; p++) {
        double contrast = (light + 0.05) / (luminance(i->rgb + p * 3) + 0.05);
        dark += contrast > 4.5;
        bright += contrast < 1.2;
    }
    assert_in_range(dark, 600, i->width * i->height * 3 / 4);
    assert_in_range(bright, i->width * i->height / 5, i->width * i->height - 600);
    assert_true(dark + bright > i->width * i->height * 7 / 10);
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
        assert_two_tones_that_stand_apart(&i);
        assert_false(bytes_eq(png, previous));
        previous = png;
    }
    arena_free(a);
}

/* How many pixels the two texts make differ, all chances being equal. */
static int difference(struct arena *a, struct str one, struct str other, uint64_t seed)
{
    struct image p = read_png(a, captcha_png_of(a, one, (struct seed){seed}));
    struct image q = read_png(a, captcha_png_of(a, other, (struct seed){seed}));
    int n = 0;
    for (int i = 0; i < p.width * p.height; i++)
        n += abs(image_luma(p.rgb + i * 3) - image_luma(q.rgb + i * 3)) > 60;
    return n;
}

static void letters_are_drawn_and_no_more_than_fit(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (uint64_t seed = 1; seed <= 5; seed++) {
        assert_int_equal(difference(a, STR("MMMM"), STR("MMMMMMMMMMMM"), seed), 0);
        assert_true(difference(a, STR("AAAA"), STR("AAAW"), seed) > 100);
        assert_true(difference(a, STR("HHHH"), STR("CHHH"), seed) > 100);
    }
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
