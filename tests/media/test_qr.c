#include "media/qr.h"

#include "check.h"
#include "read_png.h"

static const struct str address = STR_INIT("http://127.0.0.1:8080/b/N-2026-000012");

static void the_finder_patterns_stand_in_three_corners(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct qr qr;
    assert_int_equal(qr_encode(a, NULL, address, &qr), ST_OK);
    assert_int_equal((qr.side - 21) % 4, 0);
    const int corners[][2] = {{0, 0}, {qr.side - 7, 0}, {0, qr.side - 7}};
    for (size_t c = 0; c < COUNT(corners); c++) {
        for (int i = 0; i < 49; i++) {
            int x = i % 7, y = i / 7, ring = x == 0 || x == 6 || y == 0 || y == 6;
            int core = x > 1 && x < 5 && y > 1 && y < 5;
            assert_int_equal(qr.dark[(corners[c][1] + y) * qr.side + corners[c][0] + x], ring || core);
        }
    }
    arena_free(a);
}

/* That it reads, pdf_reads.py shows with a reader; here: each module is a crisp square in a white margin. */
static void the_picture_is_the_modules_and_a_quiet_zone(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct qr qr;
    struct bytes png;
    assert_int_equal(qr_encode(a, NULL, address, &qr), ST_OK);
    assert_int_equal(qr_png(a, NULL, address, 3, &png), ST_OK);
    struct image i = read_png(a, png);
    assert_int_equal(i.width, (qr.side + 8) * 3);
    assert_int_equal(i.height, i.width);
    for (int y = 0; y < i.height; y++) {
        for (int x = 0; x < i.width; x++) {
            int column = x / 3 - 4, row = y / 3 - 4;
            bool inside = column >= 0 && column < qr.side && row >= 0 && row < qr.side;
            int dark = inside && qr.dark[row * qr.side + column];
            assert_int_equal(image_at(&i, x, y)[0], dark ? 0 : 255);
        }
    }
    arena_free(a);
}

static void what_fits_no_code_is_refused(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char *longest = arena_alloc(a, 2333);
    for (int i = 0; i < 2332; i++)
        longest[i] = 'a';
    const struct {
        struct str text;
        enum status status;
    } cases[] = {
        {STR_NONE, ST_BAD_INPUT}, {STR(""), ST_BAD_INPUT},         {STR("a\0b"), ST_BAD_INPUT},
        {{longest, 2331}, ST_OK}, {{longest, 2332}, ST_BAD_INPUT},
    };
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct qr qr = {-1, NULL};
        struct fault f = {0};
        assert_int_equal(qr_encode(a, &f, cases[c].text, &qr), cases[c].status);
        assert_int_equal(qr.side == -1, cases[c].status != ST_OK);
        assert_int_equal(f.text[0] != '\0', cases[c].status != ST_OK);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_finder_patterns_stand_in_three_corners),
        cmocka_unit_test(the_picture_is_the_modules_and_a_quiet_zone),
        cmocka_unit_test(what_fits_no_code_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
