/* What every test of domain includes: base's checks, an arena for each test (in *state), and the today of the
 * tests. */
#ifndef TESTS_DOMAIN_CHECK_H
#define TESTS_DOMAIN_CHECK_H

#include "../base/check.h"

#include "base/day.h"
#include "base/status.h"

#define TODAY          DAY(2026, 11, 23)
#define WITH_ARENA(fn) cmocka_unit_test_setup_teardown(fn, arena_before, arena_after)

static inline int arena_before(void **state)
{
    *state = arena_new();
    return 0;
}

static inline int arena_after(void **state)
{
    arena_free(*state);
    return 0;
}

/* Tables are long: these say which row failed. (cmocka's fail_msg needs its fail, see above.) */
#define fail_row(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#define assert_row(name, got, expected)                                                                      \
    do {                                                                                                     \
        long long got_ = (long long)(got), expected_ = (long long)(expected);                                \
        if (got_ != expected_) fail_row("%s: %lld, not %lld", (name), got_, expected_);                      \
    } while (0)

#define assert_row_text(got, expected)                                                                       \
    do {                                                                                                     \
        struct str got_ = (got), expected_ = str_from(expected);                                             \
        if (!str_eq(got_, expected_)) fail_row("%.*s, not %.*s", STR_ARG(got_), STR_ARG(expected_));         \
    } while (0)

#define assert_same_day(got, expected)                                                                       \
    do {                                                                                                     \
        char got_[DAY_TEXT_SIZE], expected_[DAY_TEXT_SIZE];                                                  \
        day_text((got), got_);                                                                               \
        day_text((expected), expected_);                                                                     \
        assert_string_equal(got_, expected_);                                                                \
    } while (0)

#endif
