#include "http/origin.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_normal(void **state)
{
    static const struct {
        const char *address, *normal; /* NULL: refused */
    } CASES[] = {
        {"http://huiyuan.example.cn", "http://huiyuan.example.cn"},
        {"http://huiyuan.example.cn:80", "http://huiyuan.example.cn"},
        {"http://huiyuan.example.cn:", "http://huiyuan.example.cn"},
        {"http://huiyuan.example.cn:080", "http://huiyuan.example.cn"},
        {"https://huiyuan.example.cn:443", "https://huiyuan.example.cn"},
        {"https://huiyuan.example.cn:80", "https://huiyuan.example.cn:80"},
        {"http://huiyuan.example.cn:443", "http://huiyuan.example.cn:443"},
        {"http://huiyuan.example.cn:8080", "http://huiyuan.example.cn:8080"},
        {"HTTP://Huiyuan.Example.CN", "http://huiyuan.example.cn"},
        {"HttpS://HUIYUAN.example.cn:8443", "https://huiyuan.example.cn:8443"},
        {"http://会员.example.cn", "http://xn--6oqr1k.example.cn"},
        {"http://会员。例子", "http://xn--6oqr1k.xn--fsqu00a"},
        {"http://BÜCHER.example", "http://xn--bcher-kva.example"},
        {"http://127.0.0.1:8080", "http://127.0.0.1:8080"},
        {"http://[2001:DB8:0:0::1]:80", "http://[2001:db8::1]"},
        {"http://[::1]:8080", "http://[::1]:8080"},
        {"http://huiyuan.example.cn/", NULL},
        {"http://huiyuan.example.cn/verein", NULL},
        {"http://huiyuan.example.cn?a", NULL},
        {"http://user@huiyuan.example.cn", NULL},
        {"http://huiyuan.example.cn:0", NULL},
        {"http://huiyuan.example.cn:65536", NULL},
        {"http://huiyuan.example.cn:8x", NULL},
        {"http://a:1:2", NULL},
        {"http://[::1", NULL},
        {"http://[nobody]", NULL},
        {"http://a b", NULL},
        {"http://", NULL},
        {"http://:80", NULL},
        {"ftp://huiyuan.example.cn", NULL},
        {"//huiyuan.example.cn", NULL},
        {"huiyuan.example.cn", NULL},
        {"null", NULL},
        {"", NULL},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct str normal = STR("untouched");
        bool good = origin_normal(a, str_from(CASES[i].address), &normal);
        const char *expected = CASES[i].normal ? CASES[i].normal : "untouched";
        if (good != (CASES[i].normal != NULL) || !str_eq(normal, str_from(expected)))
            fail_msg("%s: %.*s", CASES[i].address, STR_ARG(normal));
    }
    arena_free(a);
}

static void test_of_host(void **state)
{
    static const struct {
        const char *scheme, *host, *normal;
    } CASES[] = {
        {"http", "Huiyuan.example.cn:80", "http://huiyuan.example.cn"},
        {"https", "huiyuan.example.cn:80", "https://huiyuan.example.cn:80"},
        {"https", "huiyuan.example.cn", "https://huiyuan.example.cn"},
        {"http", "", NULL},
        {"ws", "huiyuan.example.cn", NULL},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct str normal = STR_NONE;
        bool good = origin_of_host(a, str_from(CASES[i].scheme), str_from(CASES[i].host), &normal);
        assert_int_equal(good, CASES[i].normal != NULL);
        if (good) assert_true(str_eq(normal, str_from(CASES[i].normal)));
    }
    assert_true(str_eq(origin_scheme(STR("https://a:1")), STR("https")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_normal), cmocka_unit_test(test_of_host)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
