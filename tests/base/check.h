/* What every test of base includes: cmocka with what it needs before it, and a comparison for struct str. */
#ifndef TESTS_BASE_CHECK_H
#define TESTS_BASE_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* base/status.h has one, too */

#include "base/str.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* The text, its length and that it is not none. */
#define assert_text(got, literal)                                                                            \
    do {                                                                                                     \
        struct str text_ = (got);                                                                            \
        assert_non_null(text_.p);                                                                            \
        assert_int_equal(text_.n, sizeof(literal) - 1);                                                      \
        assert_memory_equal(text_.p, literal, sizeof(literal) - 1);                                          \
    } while (0)

#define assert_same(got, expected) assert_true(str_eq((got), (expected)))

#endif
