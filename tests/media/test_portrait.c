#include "media/portrait.h"

#include "check.h"
#include "media/photo.h"

#define PEOPLE 20

static void each_is_a_good_portrait(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (unsigned i = 0; i < 2 * PEOPLE; i++) {
        struct photo_result r;
        photo_check(a, portrait_jpeg(a, i % 2, i / 2), &photo_rules_default, &r);
        assert_int_equal(r.code, PHOTO_OK);
    }
    arena_free(a);
}

static void the_same_number_is_the_same_person_and_no_other(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes seen[2 * PEOPLE];
    for (unsigned i = 0; i < 2 * PEOPLE; i++) {
        seen[i] = portrait_jpeg(a, i % 2, i / 2);
        assert_true(bytes_eq(seen[i], portrait_jpeg(a, i % 2, i / 2)));
        for (unsigned j = 0; j < i; j++)
            assert_false(bytes_eq(seen[i], seen[j]));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_a_good_portrait),
        cmocka_unit_test(the_same_number_is_the_same_person_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
