#include "../base/check.h"

#include "crypto/totp.h"

#include <string.h>

/* RFC 6238, appendix B (SHA-1), the last six of its eight digits. */
static const uint8_t SECRET[] = "12345678901234567890";

static void codes_of_the_standard(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        const char *code;
    } CASES[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                 {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t step = totp_step(CASES[i].seconds * 1000);
        assert_int_equal(totp_match(SECRET, str_from(CASES[i].code), step, 0), step);
    }
}

/* The code is that of step 41152263 (1234567890 s). */
static void window_and_replay(void **state)
{
    (void)state;
    static const struct {
        const char *name, *code;
        int64_t off, last; /* steps: now, and the newest that was used, from the code's */
        bool good;
    } CASES[] = {
        {"now", "005924", 0, -100, true},
        {"a step ago", "005924", 1, -100, true},
        {"two steps ago", "005924", 2, -100, false},
        {"a step ahead", "005924", -1, -100, true},
        {"two steps ahead", "005924", -2, -100, false},
        {"used", "005924", 0, 0, false},
        {"a later one was used", "005924", 0, 1, false},
        {"the one before was used", "005924", 0, -1, true},
        {"another code", "005925", 0, -100, false},
        {"five digits", "05924", 0, -100, false},
        {"seven digits", "0059240", 0, -100, false},
        {"none", "", 0, -100, false},
    };
    int64_t step = totp_step(INT64_C(1234567890) * 1000);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t got = totp_match(SECRET, str_from(CASES[i].code), step + CASES[i].off, step + CASES[i].last);
        if ((got == step) != CASES[i].good) print_error("%s\n", CASES[i].name);
        assert_int_equal(got, CASES[i].good ? step : 0);
    }
}

static void text_of_a_secret(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_true(str_eq(totp_secret_text(a, SECRET), STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(codes_of_the_standard),
                                       cmocka_unit_test(window_and_replay),
                                       cmocka_unit_test(text_of_a_secret)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
