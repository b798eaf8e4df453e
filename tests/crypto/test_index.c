#include "crypto/index.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_index(void **state)
{
    (void)state;
    struct fixture t;
    fixture_make(&t);
    struct bytes mobile = blind_index(t.keys, t.arena, INDEX_MOBILE, STR("13800138000"));
    assert_int_equal(mobile.n, 32);
    assert_hex(mobile.p, mobile.n, "f858fffe0a601fa7b41a0b8928f184aa50dbac4f56cfda5af76fd667f58108d1");
    assert_true(bytes_eq(mobile, blind_index(t.keys, t.arena, INDEX_MOBILE, STR("13800138000"))));
    assert_false(bytes_eq(mobile, blind_index(t.keys, t.arena, INDEX_MOBILE, STR("13800138001"))));
    assert_false(bytes_eq(mobile, blind_index(t.others, t.arena, INDEX_MOBILE, STR("13800138000"))));
    assert_null(blind_index(t.keys, t.arena, INDEX_MOBILE, STR_NONE).p);
    fixture_free(&t);
}

static void test_kinds_differ(void **state)
{
    static const enum index_kind KINDS[] = {INDEX_ID_NUMBER, INDEX_ID_TAIL, INDEX_MOBILE, INDEX_ACCOUNT};
    (void)state;
    struct fixture t;
    fixture_make(&t);
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < i; k++)
            assert_false(bytes_eq(blind_index(t.keys, t.arena, KINDS[i], STR("1")),
                                  blind_index(t.keys, t.arena, KINDS[k], STR("1"))));
    fixture_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_index), cmocka_unit_test(test_kinds_differ)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
