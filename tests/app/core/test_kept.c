#include "app/core/kept.h"
#include "base/check.h"

struct value {
    int64_t a, b;
};

static void a_value_is_found_for_its_version_only(void **state)
{
    (void)state;
    struct kept *k = kept_new(64, sizeof(int64_t), sizeof(struct value));
    int64_t key = 7, other = 8;
    struct value got = {0};
    kept_keep(k, &key, 5, &(struct value){1, 2});
    assert_true(kept_find(k, &key, 5, &got));
    assert_int_equal(got.b, 2);
    assert_false(kept_find(k, &key, 4, &got));
    assert_false(kept_find(k, &key, 6, &got));
    assert_false(kept_find(k, &other, 5, &got));
    kept_free(k);
}

static void an_empty_slot_holds_for_no_version(void **state)
{
    (void)state;
    struct kept *k = kept_new(1, sizeof(int64_t), sizeof(struct value));
    int64_t zero = 0;
    struct value got = {0};
    assert_false(kept_find(k, &zero, 0, &got));
    assert_false(kept_find(k, &zero, 1, &got));
    kept_free(k);
}

static void what_is_pushed_out_is_not_found(void **state)
{
    (void)state;
    struct kept *k = kept_new(1, sizeof(int64_t), sizeof(struct value));
    struct value got = {0};
    for (int64_t key = 1; key <= 3; key++)
        kept_keep(k, &key, 9, &(struct value){key, -key});
    for (int64_t key = 1; key <= 3; key++) {
        assert_int_equal(kept_find(k, &key, 9, &got), key == 3);
        if (key == 3) assert_int_equal(got.a, 3);
    }
    kept_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_found_for_its_version_only),
        cmocka_unit_test(an_empty_slot_holds_for_no_version),
        cmocka_unit_test(what_is_pushed_out_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
