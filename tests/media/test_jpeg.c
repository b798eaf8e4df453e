#include "media/jpeg.h"

#include "check.h"
#include "pictures.h"

#include <string.h>

static const struct jpeg_limits limits = {2000 * 2800, 295, 413};

static enum jpeg_trouble read_file(struct arena *a, struct bytes file, struct jpeg_picture *ret)
{
    return jpeg_read(a, file, &limits, ret);
}

static void sizes_are_upright_and_decoded_no_smaller_than_needed(void **state)
{
    (void)state;
    static const struct {
        int width, height, orientation, upright_width, upright_height, decoded_width;
    } cases[] = {
        {295, 413, 0, 295, 413, 295}, {590, 826, 1, 590, 826, 295}, {1200, 1680, 0, 1200, 1680, 300},
        {413, 295, 6, 295, 413, 295}, {826, 590, 8, 590, 826, 295}, {826, 590, 1, 826, 590, 620},
        {100, 140, 3, 100, 140, 100},
    };
    struct arena *a = arena_new();
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct picture p = {.width = cases[c].width,
                            .height = cases[c].height,
                            .orientation = cases[c].orientation,
                            .paint = paint_portrait};
        struct jpeg_picture read;
        assert_int_equal(read_file(a, picture_jpeg(a, &p), &read), JPEG_FINE);
        assert_int_equal(read.width, cases[c].upright_width);
        assert_int_equal(read.height, cases[c].upright_height);
        assert_int_equal(read.image.width, cases[c].decoded_width);
        assert_true(read.image.height >= 413 || read.image.height == read.height);
    }
    arena_free(a);
}

static void other_component_counts_are_told_apart(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct picture p = {.width = 295, .height = 413, .colours = JCS_GRAYSCALE, .paint = paint_portrait};
    struct jpeg_picture read;
    assert_int_equal(read_file(a, picture_jpeg(a, &p), &read), JPEG_GREY);
    p.colours = JCS_CMYK;
    assert_int_equal(read_file(a, picture_jpeg(a, &p), &read), JPEG_CMYK);
    arena_free(a);
}

/* Cut anywhere, a file is damaged: even when only the end mark is missing. */
static void a_file_cut_short_is_damaged(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (int progressive = 0; progressive < 2; progressive++) {
        struct picture p = {.width = 295, .height = 413, .progressive = progressive, .paint = paint_portrait};
        struct bytes file = picture_jpeg(a, &p);
        struct jpeg_picture read;
        assert_int_equal(read_file(a, file, &read), JPEG_FINE);
        for (size_t n = 0; n < file.n; n += file.n / 16)
            assert_int_equal(read_file(a, (struct bytes){file.p, n}, &read), JPEG_DAMAGED);
        assert_int_equal(read_file(a, (struct bytes){file.p, file.n - 2}, &read), JPEG_DAMAGED);
    }
    arena_free(a);
}

static void nothing_is_allocated_for_a_huge_header(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct picture p = {.width = 295, .height = 413, .paint = paint_portrait};
    struct bytes file = picture_jpeg(a, &p);
    size_t frame = find_marker(file, 0, 0xc0);
    memcpy((uint8_t *)(uintptr_t)file.p + frame + 5, "\x4e\x20\x4e\x20", 4); /* 20000 × 20000 */
    struct jpeg_picture read;
    assert_int_equal(read_file(a, file, &read), JPEG_TOO_MANY_PIXELS);
    assert_int_equal(read.width, 20000);
    assert_int_equal(read.height, 20000);
    arena_free(a);
}

/* The first scan a hundred times more: each is legal, and each costs a walk over the whole picture. */
static void hundreds_of_scans_are_refused(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct picture p = {.width = 295, .height = 413, .progressive = true, .paint = paint_portrait};
    struct bytes file = picture_jpeg(a, &p);
    size_t scan = find_marker(file, 0, 0xda), next = find_marker(file, scan + 2, 0xc4);
    for (size_t copies = 10; copies <= 110; copies += 100) {
        struct buf b;
        buf_init(&b, file.n, 1 << 20);
        buf_add(&b, file.p, next);
        for (size_t i = 0; i < copies; i++)
            buf_add(&b, file.p + scan, next - scan);
        buf_add(&b, file.p + next, file.n - next);
        assert_false(b.full);
        struct jpeg_picture read;
        assert_int_equal(read_file(a, str_bytes(buf_text(&b)), &read),
                         copies > 100 ? JPEG_DAMAGED : JPEG_FINE);
        buf_free(&b);
    }
    arena_free(a);
}

static void what_is_written_can_be_read(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct image i = image_new(a, 64, 32);
    memset(i.rgb, 200, 64 * 32 * 3);
    struct bytes file = jpeg_write(a, i, 90);
    struct jpeg_picture read;
    assert_int_equal(read_file(a, file, &read), JPEG_FINE);
    assert_int_equal(read.width, 64);
    assert_int_equal(read.height, 32);
    assert_in_range(read.image.rgb[0], 198, 202);
    assert_memory_equal(file.p + 13, "\x01\x01\x2c\x01\x2c", 5); /* JFIF: 300 dots per inch both ways */
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_upright_and_decoded_no_smaller_than_needed),
        cmocka_unit_test(other_component_counts_are_told_apart),
        cmocka_unit_test(a_file_cut_short_is_damaged),
        cmocka_unit_test(nothing_is_allocated_for_a_huge_header),
        cmocka_unit_test(hundreds_of_scans_are_refused),
        cmocka_unit_test(what_is_written_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
