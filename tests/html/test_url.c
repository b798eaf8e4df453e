#include "html/html.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void expect(struct url got, const char *expected)
{
    assert_non_null(got.text.p);
    assert_string_equal(got.text.p, expected);
    assert_int_equal(got.text.n, strlen(expected));
}

static void makes_paths(void **state)
{
    struct arena *a = *state;
    expect(url_path(a, "/me"), "/me");
    expect(url_path(a, "/members/%ld/photo", (long)12), "/members/12/photo");
    expect(url_path(a, "/%d-%lld", -3, 9223372036854775807LL), "/-3-9223372036854775807");
    expect(url_path(a, "/100%%"), "/100%");
    expect(url_path(a, "/files/%s", "a b.pdf"), "/files/a%20b.pdf");
}

static void keeps_text_inside_its_segment(void **state)
{
    struct arena *a = *state;
    struct str hostile = STR("../x?y#z%\"李");
    expect(url_path(a, "/f/%.*s/end", STR_ARG(hostile)), "/f/..%2Fx%3Fy%23z%25%22%E6%9D%8E/end");
    struct str host = STR("/evil.example");
    expect(url_path(a, "/%.*s", STR_ARG(host)), "/%2Fevil.example");
    expect(url_path(a, "/f/%s", ""), "/f/");
}

static void makes_queries(void **state)
{
    struct arena *a = *state;
    expect(url_query(a, URL("/m"), {"status", STR("member")}, {"q", STR("a&b=c +")}),
           "/m?status=member&q=a%26b%3Dc%20%2B");
    expect(url_query(a, URL("/m"), {"status", STR_NONE}, {"q", STR("")}), "/m");
    expect(url_query(a, URL("/m"), {"status", STR_NONE}, {"q", STR("1")}), "/m?q=1");
    expect(url_query(a, URL("/m?x=1"), {"q", STR("2")}), "/m?x=1&q=2");
    expect(url_query(a, URL("/m"), {"q", STR("a\0b")}), "/m?q=a%00b");
}

static void calls_what_is_one_number(void **state)
{
    struct arena *a = *state;
    expect(url_phone(a, STR("13800001234")), "tel:13800001234");
    expect(url_phone(a, STR("(0931) 123-4567")), "tel:09311234567");
    expect(url_phone(a, STR("+86 931 1234567")), "tel:+869311234567");
    static const char *const bad[] = {"",    " - ", "0931-1234567转801", "123/456", "1+2", "javascript:1",
                                      "1\n2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_null(url_phone(a, str_from(bad[i])).text.p);
    assert_null(url_phone(a, STR("12\0003")).text.p);
}

static int make_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void leads_to_a_row(void **state)
{
    struct arena *a = *state;
    expect(url_below(a, URL("/list"), 12, URL("")), "/list/12");
    expect(url_below(a, URL("/list"), 7, url_query(a, URL(""), {"q", STR("王 &")})),
           "/list/7?q=%E7%8E%8B%20%26");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_paths),
        cmocka_unit_test(keeps_text_inside_its_segment),
        cmocka_unit_test(makes_queries),
        cmocka_unit_test(leads_to_a_row),
        cmocka_unit_test(calls_what_is_one_number),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
