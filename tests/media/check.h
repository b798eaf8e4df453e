/* cmocka with the headers that it wants before it. */
#ifndef TESTS_MEDIA_CHECK_H
#define TESTS_MEDIA_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

#endif
