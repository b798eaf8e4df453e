#include "media/jpeg.h"

#include "check.h"
#include "pictures.h"

#include <string.h>

static const struct jpeg_limits limits = {2000 * 2800, 295, 413};

static enum jpeg_trouble read_file(struct arena *a, struct bytes file, struct jpeg_picture *ret)
{
    return jpeg_read(a, file, &limits, ret);
}

/* `more` put into the file at a place. */
static struct bytes spliced(struct arena *a, struct bytes file, size_t at, struct bytes more)
{
    uint8_t *p = arena_alloc(a, file.n + more.n);
    memcpy(p, file.p, at);
    memcpy(p + at, more.p, more.n);
    memcpy(p + at + more.n, file.p + at, file.n - at);
    return (struct bytes){p, file.n + more.n};
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

/* Closed again by an end mark or not: what lacks pixels is damaged. */
static void a_file_cut_short_is_damaged(void **state)
{
    (void)state;
    for (int progressive = 0; progressive < 2; progressive++) {
        struct arena *a = arena_new();
        struct picture p = {.width = 295, .height = 413, .progressive = progressive, .paint = paint_portrait};
        struct bytes file = picture_jpeg(a, &p);
        struct jpeg_picture read;
        assert_int_equal(read_file(a, file, &read), JPEG_FINE);
        for (size_t n = 0; n < file.n - 8; n += file.n / 16) {
            assert_int_equal(read_file(a, (struct bytes){file.p, n}, &read), JPEG_DAMAGED);
            if (find_marker(file, 0, 0xda) > n) continue;
            struct bytes closed = spliced(a, (struct bytes){file.p, n}, n, str_bytes(STR("\xff\xd9")));
            assert_int_equal(read_file(a, closed, &read), JPEG_DAMAGED);
        }
        assert_int_equal(read_file(a, (struct bytes){file.p, file.n - 8}, &read), JPEG_DAMAGED);
        arena_free(a);
    }
}

/* Between two scans of a progressive file nothing looks broken; without the first of each component nothing
 * may pass, with or without an end mark. */
static void a_file_without_its_later_scans_is_damaged(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct picture p = {.width = 295, .height = 413, .progressive = true, .paint = paint_portrait};
    struct bytes file = picture_jpeg(a, &p);
    struct jpeg_picture read;
    size_t scans = 0;
    for (size_t at = find_marker(file, 0, 0xda); at < file.n; at = find_marker(file, at + 2, 0xda)) {
        size_t end = find_marker(file, at + 2, 0xc4), all = find_marker(file, 0, 0xd9);
        bool last = end == file.n;
        struct bytes cut = {file.p, last ? all : end};
        assert_int_equal(read_file(a, cut, &read), last ? JPEG_FINE : JPEG_DAMAGED);
        if (++scans < 3)
            assert_int_equal(read_file(a, spliced(a, cut, cut.n, str_bytes(STR("\xff\xd9"))), &read),
                             JPEG_DAMAGED);
    }
    assert_int_equal(scans, 6);
    arena_free(a);
}

/* Such a decoder takes zeros for what is missing, and says nothing. */
static void an_arithmetic_file_needs_its_end(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct picture p = {.width = 295, .height = 413, .paint = paint_portrait, .arithmetic = true};
    struct bytes file = picture_jpeg(a, &p);
    struct jpeg_picture read;
    assert_int_equal(read_file(a, file, &read), JPEG_FINE);
    assert_int_equal(read_file(a, (struct bytes){file.p, file.n / 2}, &read), JPEG_DAMAGED);
    arena_free(a);
}

struct fault_case {
    const char *name;
    struct bytes (*spoil)(struct arena *a, struct bytes file);
    bool sequential_only;
};

static size_t end_of(struct bytes file)
{
    return file.n - 2;
}

static struct bytes stray(struct arena *a, struct bytes file, size_t at, size_t n, uint8_t first)
{
    uint8_t *p = arena_alloc(a, n);
    for (size_t i = 0; i < n; i++)
        p[i] = first ? (uint8_t)(first + i % 64) : 0;
    return spliced(a, file, at, (struct bytes){p, n});
}

static struct bytes stray_before_end(struct arena *a, struct bytes file)
{
    return stray(a, file, end_of(file), 60, 1);
}

static struct bytes one_before_end(struct arena *a, struct bytes file)
{
    return stray(a, file, end_of(file), 1, 7);
}

static struct bytes zeros_before_end(struct arena *a, struct bytes file)
{
    return stray(a, file, end_of(file), 2000, 0);
}

static struct bytes before_tables(struct arena *a, struct bytes file)
{
    return stray(a, file, find_marker(file, 0, 0xdb), 2, 1);
}

static struct bytes before_codes(struct arena *a, struct bytes file)
{
    return stray(a, file, find_marker(file, 0, 0xc4), 2, 0);
}

static struct bytes before_scan(struct arena *a, struct bytes file)
{
    return stray(a, file, find_marker(file, 0, 0xda), 2, 0x40);
}

static struct bytes before_first(struct arena *a, struct bytes file)
{
    return stray(a, file, 2, 2, 9);
}

static struct bytes behind_end(struct arena *a, struct bytes file)
{
    return stray(a, file, file.n, 500, 3);
}

static struct bytes no_end(struct arena *a, struct bytes file)
{
    (void)a;
    return (struct bytes){file.p, end_of(file)};
}

static struct bytes half_an_end(struct arena *a, struct bytes file)
{
    (void)a;
    return (struct bytes){file.p, file.n - 1};
}

static struct bytes marks_before_end(struct arena *a, struct bytes file)
{
    return spliced(a, file, end_of(file), str_bytes(STR("\xff\x37\xff\xff\x05")));
}

static struct bytes changed(struct arena *a, struct bytes file, size_t at, struct str to)
{
    uint8_t *p = arena_alloc(a, file.n);
    memcpy(p, file.p, file.n);
    memcpy(p + at, to.p, to.n);
    return (struct bytes){p, file.n};
}

static struct bytes jfif_2_01(struct arena *a, struct bytes file)
{
    return changed(a, file, find_marker(file, 0, 0xe0) + 9, STR("\2\1"));
}

static struct bytes jfif_9_99(struct arena *a, struct bytes file)
{
    return changed(a, file, find_marker(file, 0, 0xe0) + 9, STR("\x09\x63"));
}

/* Behind the three components of two bytes each. */
static struct bytes scan_says_zero(struct arena *a, struct bytes file)
{
    return changed(a, file, find_marker(file, 0, 0xda) + 11, STR("\0\0\0"));
}

static struct bytes scan_says_nonsense(struct arena *a, struct bytes file)
{
    return changed(a, file, find_marker(file, 0, 0xda) + 11, STR("\1\x05\x11"));
}

/* Phones, scanners and old programs write these; every viewer shows them. */
static void what_is_wrong_beside_the_pixels_is_no_damage(void **state)
{
    (void)state;
    static const struct fault_case CASES[] = {
        {"stray bytes before the end", stray_before_end, false},
        {"one stray byte before the end", one_before_end, false},
        {"zeros before the end", zeros_before_end, false},
        {"marks before the end", marks_before_end, true},
        {"bytes before the tables", before_tables, false},
        {"bytes before the codes", before_codes, false},
        {"bytes before the scan", before_scan, false},
        {"bytes before the first segment", before_first, false},
        {"bytes behind the end", behind_end, false},
        {"no end mark", no_end, false},
        {"half an end mark", half_an_end, false},
        {"JFIF 2.01", jfif_2_01, false},
        {"JFIF 9.99", jfif_9_99, false},
        {"scan header 0 0 0", scan_says_zero, true},
        {"scan header 1 5 1 1", scan_says_nonsense, true},
    };
    for (size_t c = 0; c < COUNT(CASES) * 2; c++) {
        const struct fault_case *one = &CASES[c / 2];
        if (one->sequential_only && c % 2) continue;
        struct arena *a = arena_new();
        struct picture p = {.width = 295, .height = 413, .progressive = c % 2, .paint = paint_portrait};
        struct jpeg_picture plain, read;
        struct bytes file = picture_jpeg(a, &p);
        assert_int_equal(read_file(a, file, &plain), JPEG_FINE);
        if (read_file(a, one->spoil(a, file), &read) != JPEG_FINE)
            fail_msg("%s (%s)", one->name, c % 2 ? "progressive" : "sequential");
        assert_memory_equal(read.image.rgb, plain.image.rgb, 295 * 413 * 3);
        arena_free(a);
    }
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
        cmocka_unit_test(a_file_without_its_later_scans_is_damaged),
        cmocka_unit_test(an_arithmetic_file_needs_its_end),
        cmocka_unit_test(what_is_wrong_beside_the_pixels_is_no_damage),
        cmocka_unit_test(nothing_is_allocated_for_a_huge_header),
        cmocka_unit_test(hundreds_of_scans_are_refused),
        cmocka_unit_test(what_is_written_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
