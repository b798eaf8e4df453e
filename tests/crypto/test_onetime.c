#include "crypto/onetime.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define MANY 2000

static void test_passwords(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    bool seen[256] = {false};
    for (int i = 0; i < MANY; i++) {
        struct str p = one_time_password(a);
        assert_int_equal(p.n, 14);
        for (size_t at = 0; at < p.n; at += 5) {
            assert_true(isupper(p.p[at]) && islower(p.p[at + 1]) && islower(p.p[at + 2]) &&
                        isdigit(p.p[at + 3]));
            if (at) assert_int_equal(p.p[at - 1], '-');
        }
        for (size_t at = 0; at < p.n; at++)
            seen[(unsigned char)p.p[at]] = true;
    }
    for (const char *alike = "0O1Iil2Zz5Ss8BoVvuc"; *alike; alike++)
        assert_false(seen[(unsigned char)*alike]);
    assert_true(seen['A'] && seen['Y'] && seen['a'] && seen['y'] && seen['3'] && seen['9']);
    arena_free(a);
}

static void test_codes(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    bool leading_zero = false;
    for (int i = 0; i < MANY; i++) {
        struct str code = one_time_code(a);
        assert_int_equal(code.n, 6);
        assert_int_equal(strspn(code.p, "0123456789"), 6);
        leading_zero |= code.p[0] == '0';
    }
    assert_true(leading_zero);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_passwords), cmocka_unit_test(test_codes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
