#include "http/http.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_matches(void **state)
{
    static const struct {
        const char *header;
        bool matches;
    } CASES[] = {
        {"\"abc\"", true}, {"W/\"abc\"", true},  {"\"x\", \"abc\"", true}, {"\"x\",W/\"abc\" ,\"y\"", true},
        {"*", true},       {" * ", true},        {"\"abcd\"", false},      {"\"ab\"", false},
        {"abc", false},    {"w/\"abc\"", false}, {"\"x\", \"y\"", false},  {",,", false},
        {"", false},       {NULL, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct http_request q = {.if_none_match = str_from(CASES[i].header)};
        if (http_etag_matches(&q, STR("\"abc\"")) != CASES[i].matches)
            fail_msg("%s", CASES[i].header ? CASES[i].header : "none");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_matches)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
