#include "media/exif.h"

#include "check.h"

#define EXIF "Exif\0\0"

static void orientation_of(void **state)
{
    (void)state;
    static const struct {
        struct str app1;
        int orientation;
    } cases[] = {
        {STR_INIT(EXIF "MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0"), 6},
        {STR_INIT(EXIF "II*\0\x08\0\0\0\1\0\x12\x01\3\0\1\0\0\0\x08\0\0\0"), 8},
        /* the second entry */
        {STR_INIT(EXIF "MM\0*\0\0\0\x08\0\2\x01\x0f\0\3\0\0\0\1\0\2\0\0\x01\x12\0\3\0\0\0\1\0\3\0\0"), 3},
        /* out of range, none at all, another directory than there is, cut short, not EXIF, nothing */
        {STR_INIT(EXIF "MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\x09\0\0"), 1},
        {STR_INIT(EXIF "MM\0*\0\0\0\x08\0\1\x01\x0f\0\3\0\0\0\1\0\6\0\0"), 1},
        {STR_INIT(EXIF "MM\0*\xff\xff\xff\xff\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0"), 1},
        {STR_INIT(EXIF "MM\0*\0\0\0\x08\xff\xff\x01\x12\0\3\0\0\0\1"), 1},
        {STR_INIT("http://ns.adobe.com/xap/1.0/\0<x/>"), 1},
        {STR_INIT(""), 1},
    };
    for (size_t c = 0; c < COUNT(cases); c++)
        assert_int_equal(exif_orientation(str_bytes(cases[c].app1)), cases[c].orientation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(orientation_of)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
