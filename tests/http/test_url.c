#include "http/url.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_path(void **state)
{
    static const struct {
        struct str raw;
        const char *path; /* NULL: refused */
    } CASES[] = {
        {STR_INIT("/"), "/"},
        {STR_INIT("/staff/members/12"), "/staff/members/12"},
        {STR_INIT("/%E4%BC%9A"), "/\u4f1a"},
        {STR_INIT("/a+b%20c"), "/a+b c"},
        {STR_INIT("/%41%2e%2Ea"), "/A..a"},
        {STR_INIT("/..a/b../..."), "/..a/b../..."},
        {STR_INIT("//"), "//"},
        {STR_INIT(""), NULL},
        {STR_INIT("*"), NULL},
        {STR_INIT("http://test/"), NULL},
        {STR_INIT("/%"), NULL},
        {STR_INIT("/%4"), NULL},
        {STR_INIT("/%4g"), NULL},
        {STR_INIT("/%g4"), NULL},
        {STR_INIT("/a%00"), NULL},
        {STR_INIT("/a%0a"), NULL},
        {STR_INIT("/a%7F"), NULL},
        {STR_INIT("/a%2Fb"), NULL},
        {STR_INIT("/a%2fb"), NULL},
        {STR_INIT("/.."), NULL},
        {STR_INIT("/../a"), NULL},
        {STR_INIT("/a/%2e%2E/b"), NULL},
        {STR_INIT("/a/./b"), NULL},
        {STR_INIT("/a/.%2e"), NULL},
        {STR_INIT("/%C0%AF"), NULL},
        {STR_INIT("/%ED%A0%80"), NULL},
        {STR_INIT("/%E4%BC"), NULL},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct str path = STR_NONE;
        bool taken = url_decode_path(a, CASES[i].raw, &path);
        if (taken != (CASES[i].path != NULL) || (taken && !str_eq(path, str_from(CASES[i].path))))
            fail_msg("%.*s", STR_ARG(CASES[i].raw));
    }
    arena_free(a);
}

static void test_pairs(void **state)
{
    static const struct {
        struct str text;
        enum parsed parsed;
        struct http_pair pairs[4];
    } CASES[] = {
        {STR_INIT(""), PARSED, {{{0}, {0}}}},
        {STR_INIT("a=1&b=2"), PARSED, {{STR_INIT("a"), STR_INIT("1")}, {STR_INIT("b"), STR_INIT("2")}}},
        {STR_INIT("id=2&id=1"), PARSED, {{STR_INIT("id"), STR_INIT("2")}, {STR_INIT("id"), STR_INIT("1")}}},
        {STR_INIT("&&a=1&"), PARSED, {{STR_INIT("a"), STR_INIT("1")}}},
        {STR_INIT("a"), PARSED, {{STR_INIT("a"), STR_INIT("")}}},
        {STR_INIT("="), PARSED, {{STR_INIT(""), STR_INIT("")}}},
        {STR_INIT("a=%FF%E7%94%98%C0%00"),
         PARSED,
         {{STR_INIT("a"), STR_INIT("\xEF\xBF\xBD甘\xEF\xBF\xBD\0")}}},
        {STR_INIT("a=b=c"), PARSED, {{STR_INIT("a"), STR_INIT("b=c")}}},
        {STR_INIT("a=%3D%26+%2B"), PARSED, {{STR_INIT("a"), STR_INIT("=& +")}}},
        {STR_INIT("a=x%00y"), PARSED, {{STR_INIT("a"), STR_INIT("x\0y")}}},
        {STR_INIT("a;b=1"), PARSED, {{STR_INIT("a;b"), STR_INIT("1")}}},
        {STR_INIT("%E5%A7%93=%E7%8E%8B"), PARSED, {{STR_INIT("\u59d3"), STR_INIT("\u738b")}}},
        {STR_INIT("a=%"), PARSED, {{STR_INIT("a"), STR_INIT("%")}}},
        {STR_INIT("a=1&b=%zz"), PARSED, {{STR_INIT("a"), STR_INIT("1")}, {STR_INIT("b"), STR_INIT("%zz")}}},
        {STR_INIT("a=%u5f20%41+%4"), PARSED, {{STR_INIT("a"), STR_INIT("%u5f20A %4")}}},
        {STR_INIT("a=100%25%&b=%%41"),
         PARSED,
         {{STR_INIT("a"), STR_INIT("100%%")}, {STR_INIT("b"), STR_INIT("%A")}}},
        {STR_INIT("%4=1"), PARSED, {{STR_INIT("%4"), STR_INIT("1")}}},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct http_pairs pairs = {0};
        assert_int_equal(url_pairs(a, arena_cstr(a, CASES[i].text), CASES[i].text.n, &pairs),
                         CASES[i].parsed);
        size_t expected = 0;
        while (CASES[i].pairs[expected].name.p)
            expected++;
        assert_int_equal(pairs.n, expected);
        for (size_t k = 0; k < expected; k++) {
            assert_true(str_eq(pairs.p[k].name, CASES[i].pairs[k].name));
            assert_true(str_eq(pairs.p[k].value, CASES[i].pairs[k].value));
        }
    }
    arena_free(a);
}

static enum parsed pairs_of(size_t fields, size_t value_n)
{
    struct arena *a = arena_new();
    struct http_pairs pairs;
    char *text = arena_alloc(a, fields * 2 + value_n + 1);
    for (size_t i = 0; i < fields; i++)
        memcpy(text + 2 * i, "&a", 2);
    text[2 * fields - 1] = '=';
    memset(text + 2 * fields, 'x', value_n);
    enum parsed parsed = url_pairs(a, text, 2 * fields + value_n, &pairs);
    arena_free(a);
    return parsed;
}

static void test_limits(void **state)
{
    (void)state;
    assert_int_equal(pairs_of(LIMIT_FIELDS, 0), PARSED);
    assert_int_equal(pairs_of(LIMIT_FIELDS + 1, 0), PARSED_OVER);
    assert_int_equal(pairs_of(1, LIMIT_FIELD_BYTES), PARSED);
    assert_int_equal(pairs_of(1, LIMIT_FIELD_BYTES + 1), PARSED_OVER);
}

static void test_get(void **state)
{
    (void)state;
    struct http_pair pair[] = {{STR("a"), STR("1")}, {STR("a"), STR("2")}, {STR("b"), STR("")}};
    struct http_pairs pairs = {pair, 3, 3};
    assert_true(str_eq(http_get(&pairs, "a"), STR("1")));
    assert_non_null(http_get(&pairs, "b").p);
    assert_null(http_get(&pairs, "c").p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_path), cmocka_unit_test(test_pairs),
                                       cmocka_unit_test(test_limits), cmocka_unit_test(test_get)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
