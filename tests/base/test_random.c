#include "check.h"

#include "base/random.h"

#include <string.h>

/* Chance of failing by luck: 2^-256. */
static void bytes_differ(void **state)
{
    (void)state;
    unsigned char a[32] = {0}, b[32] = {0};
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

static void only_so_many_bytes(void **state)
{
    (void)state;
    unsigned char a[40];
    memset(a, 0xAA, sizeof a);
    random_bytes(a + 4, 32);
    random_bytes(a, 0);
    assert_memory_equal(a, "\xAA\xAA\xAA\xAA", 4);
    assert_memory_equal(a + 36, "\xAA\xAA\xAA\xAA", 4);
}

static void hex_is_hex(void **state)
{
    (void)state;
    char a[] = "................................-", b[sizeof a];
    random_hex(a, 32);
    assert_int_equal(strspn(a, "0123456789abcdef"), 32);
    assert_string_equal(a + 32, "-");
    random_hex(b, 32);
    assert_memory_not_equal(a, b, 32);
}

/* More than the system gives in one call without being interruptible. */
static void many_bytes(void **state)
{
    (void)state;
    static unsigned char a[100000];
    random_bytes(a, sizeof a);
    static const unsigned char zero[32];
    assert_memory_not_equal(a + sizeof a - 32, zero, 32);
}

static void a_seed_repeats(void **state)
{
    (void)state;
    struct seed a = {42}, b = {42}, other = {43};
    int same = 0;
    for (int i = 0; i < 1000; i++) {
        uint32_t v = seed_next(&a, 1u << 31);
        assert_int_equal(v, seed_next(&b, 1u << 31));
        same += v == seed_next(&other, 1u << 31);
    }
    assert_true(same < 10);
}

/* Published outputs of SplitMix64 from state 0: E220A8397B1DCDAF, 6E789E6AA1B965F4; the upper halves are
 * scaled. */
static void known_values(void **state)
{
    (void)state;
    struct seed s = {0};
    assert_int_equal(seed_next(&s, UINT32_MAX), (UINT64_C(0xE220A839) * UINT32_MAX) >> 32);
    assert_int_equal(seed_next(&s, 10), (UINT64_C(0x6E789E6A) * 10) >> 32);
}

static void stays_below_and_reaches_all(void **state)
{
    (void)state;
    struct seed s = {7};
    int seen[10] = {0};
    for (int i = 0; i < 10000; i++) {
        uint32_t v = seed_next(&s, 10);
        assert_true(v < 10);
        seen[v]++;
    }
    for (int v = 0; v < 10; v++)
        assert_in_range(seen[v], 800, 1200);
    assert_int_equal(seed_next(&s, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_differ),
        cmocka_unit_test(only_so_many_bytes),
        cmocka_unit_test(hex_is_hex),
        cmocka_unit_test(many_bytes),
        cmocka_unit_test(a_seed_repeats),
        cmocka_unit_test(known_values),
        cmocka_unit_test(stays_below_and_reaches_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
