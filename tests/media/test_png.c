#include "media/png.h"

#include "check.h"
#include "read_png.h"

static void pixels_come_out_as_they_were_painted(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 3, 2);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 0.4, 0.2);
    cairo_rectangle(cr, 1, 0, 1, 1);
    cairo_fill(cr);
    cairo_destroy(cr);
    struct image direct = image_of(a, surface), read = read_png(a, png_of(a, surface));
    cairo_surface_destroy(surface);
    assert_int_equal(direct.width, 3);
    assert_int_equal(direct.height, 2);
    assert_memory_equal(image_at(&direct, 1, 0), ((const uint8_t[]){255, 102, 51}), 3);
    assert_memory_equal(image_at(&direct, 0, 0), ((const uint8_t[]){0, 0, 0}), 3);
    assert_int_equal(read.width, 3);
    assert_memory_equal(direct.rgb, read.rgb, 18);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pixels_come_out_as_they_were_painted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
