#include "http/param.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_find(void **state)
{
    static const struct {
        const char *header, *value; /* NULL: not there */
    } CASES[] = {
        {"form-data; name=a", "a"},
        {"form-data; name=\"a b\"", "a b"},
        {"form-data;name=\"a\"; filename=\"b\"", "a"},
        {"form-data; filename=\"b\"; NAME = \"a\"", "a"},
        {"form-data; filename=\"b; name=c\"; name=\"a\"", "a"},
        {"form-data; name=\"a;b\"", "a;b"},
        {"form-data; name=\"say \\\"hi\\\"\"", "say \"hi\""},
        {"form-data; name=\"C:\\dir\\file\"", "C:\\dir\\file"},
        {"form-data; name=\"C:\\dir\\\"", "C:\\dir\\"},
        {"form-data; name=\"C:\\dir\\\"; filename=\"b\"", "C:\\dir\\"},
        {"form-data; filename=\"C:\\dir\\\"; name=\"a\"", "a"},
        {"form-data; name=\"\\\"", "\\"},
        {"form-data; name=\"a\"b\"", "a\"b"},
        {"form-data; name=\"\"", ""},
        {"form-data; name=a; name=b", "a"},
        {"form-data; name=\"\u7167\u7247\"", "\u7167\u7247"},
        {"form-data; name=\"a", NULL},
        {"form-data; name=\"", NULL},
        {"form-data; names=a", NULL},
        {"form-data; name", NULL},
        {"name=a", NULL},
        {"", NULL},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct str value = STR_NONE;
        bool found = param_find(a, str_from(CASES[i].header), "name", &value);
        if (found != (CASES[i].value != NULL) || (found && !str_eq(value, str_from(CASES[i].value))))
            fail_msg("%s", CASES[i].header);
    }
    arena_free(a);
}

static void test_begins(void **state)
{
    static const struct {
        const char *header;
        bool begins;
    } CASES[] = {
        {"form-data; name=a; filename=b", true},
        {"form-data; FileName*1*=b", true},
        {"form-data; filename=\"b", true},
        {"form-data; name=\"a; filename=b\"", false},
        {"form-data; file=b", false},
        {"filename=b", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        if (param_begins(str_from(CASES[i].header), "filename") != CASES[i].begins)
            fail_msg("%s", CASES[i].header);
}

static void test_main_value(void **state)
{
    (void)state;
    assert_true(str_eq(param_main(STR(" text/plain ; charset=utf-8")), STR("text/plain")));
    assert_true(str_eq(param_main(STR("text/plain")), STR("text/plain")));
    assert_true(param_is(STR("Form-Data"), "form-data"));
    assert_false(param_is(STR("form-dat"), "form-data"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_find), cmocka_unit_test(test_begins),
                                       cmocka_unit_test(test_main_value)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
