#include "http/form.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define URLENCODED "application/x-www-form-urlencoded"

static void test_kinds(void **state)
{
    static const struct {
        const char *type;
        struct str body;
        size_t body_bytes;
        enum parsed parsed;
        size_t fields;
    } CASES[] = {
        {URLENCODED, STR_INIT("a=1&b=2"), 7, PARSED, 2},
        {URLENCODED, STR_INIT("a=1&b=2"), 6, PARSED_OVER, 0},
        {URLENCODED, STR_INIT("a=1&b=%"), 7, PARSED, 2},
        {URLENCODED, STR_INIT("a=1&b=%"), 6, PARSED_OVER, 0},
        {URLENCODED, STR_INIT("a=1&b=%"), 0, PARSED, 0},
        {URLENCODED, STR_INIT(""), 10, PARSED, 0},
        {"Application/X-WWW-Form-Urlencoded; charset=utf-8", STR_INIT("a=1"), 10, PARSED, 1},
        {"multipart/form-data; boundary=b", STR_INIT("--b--"), 10, PARSED, 0},
        {"multipart/form-data; boundary=b", STR_INIT("--b"), 10, PARSED_BAD, 0},
        {"multipart/form-data", STR_INIT("--b--"), 10, PARSED_BAD, 0},
        {"application/json", STR_INIT("{}"), 10, PARSED, 0},
        {NULL, STR_INIT("a=1"), 10, PARSED, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct arena *a = arena_new();
        struct http_plan plan = {.body_bytes = CASES[i].body_bytes};
        struct http_request q = {0};
        struct form f;
        form_begin(&f, a, &plan, str_from(CASES[i].type), CASES[i].body.n);
        for (size_t at = 0; at < CASES[i].body.n; at++)
            form_take(&f, CASES[i].body.p + at, 1);
        if (form_end(&f, &q) != CASES[i].parsed) fail_msg("case %zu", i);
        assert_int_equal(q.fields.n, CASES[i].fields);
        assert_int_equal(q.body_over, CASES[i].parsed == PARSED_OVER);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kinds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
