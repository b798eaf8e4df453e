/* Heads, byte by byte: what is taken, and what is refused and when. */
#include "http/lines.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* What comes of it when it comes in pieces of `step` bytes. */
static long scanned(struct str head, size_t step)
{
    struct scan s = {0};
    for (size_t n = step; n < head.n; n += step) {
        long end = lines_scan(&s, head.p, n);
        if (end) return end;
    }
    return lines_scan(&s, head.p, head.n);
}

static void test_scan(void **state)
{
    static const struct {
        const char *what;
        struct str head;
        long end; /* -1: all of it */
    } CASES[] = {
        {"one line", STR_INIT("GET / HTTP/1.1\r\n\r\n"), -1},
        {"two lines", STR_INIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), -1},
        {"an empty line before", STR_INIT("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), -1},
        {"tab in a value", STR_INIT("GET / HTTP/1.1\r\nA: b\tc\r\n\r\n"), -1},
        {"bytes above ASCII", STR_INIT("GET / HTTP/1.1\r\nA: \xff\r\n\r\n"), -1},
        {"not all of it", STR_INIT("GET / HTTP/1.1\r\nHost: a\r\n\r"), 0},
        {"nothing", STR_INIT(""), 0},
        {"what follows is not looked at", STR_INIT("GET / HTTP/1.1\r\n\r\n\0\n"), 18},
        {"NUL in the first line", STR_INIT("GET /a\0b HTTP/1.1\r\n\r\n"), -400},
        {"NUL in a value", STR_INIT("GET / HTTP/1.1\r\nCookie: a\0b\r\n\r\n"), -400},
        {"NUL in a name", STR_INIT("GET / HTTP/1.1\r\nA\0: b\r\n\r\n"), -400},
        {"NUL between lines", STR_INIT("GET / HTTP/1.1\r\n\0\r\n\r\n"), -400},
        {"folded by a blank", STR_INIT("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"), -400},
        {"folded by a tab", STR_INIT("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n"), -400},
        {"folded first header", STR_INIT("GET / HTTP/1.1\r\n A: b\r\n\r\n"), -400},
        {"blank before the first line", STR_INIT(" GET / HTTP/1.1\r\n\r\n"), -400},
        {"bare line feed", STR_INIT("GET / HTTP/1.1\nHost: a\n\n"), -400},
        {"bare line feed at the end", STR_INIT("GET / HTTP/1.1\r\nHost: a\r\n\n"), -400},
        {"bare line feed in a value", STR_INIT("GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n"), -400},
        {"bare line feed alone", STR_INIT("\nGET / HTTP/1.1\r\n\r\n"), -400},
        {"bare carriage return", STR_INIT("GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n"), -400},
        {"two carriage returns", STR_INIT("GET / HTTP/1.1\r\r\n\r\n"), -400},
        {"two empty lines before", STR_INIT("\r\n\r\nGET / HTTP/1.1\r\n\r\n"), -400},
        {"escape", STR_INIT("GET / HTTP/1.1\r\nA: \x1b[0m\r\n\r\n"), -400},
        {"delete", STR_INIT("GET / HTTP/1.1\r\nA: \x7f\r\n\r\n"), -400},
        {"vertical tab", STR_INIT("GET / HTTP/1.1\r\nA:\vb\r\n\r\n"), -400},
        {"another protocol", STR_INIT("\x16\x03\x01\x02"), -400},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        long expected = CASES[i].end == -1 ? (long)CASES[i].head.n : CASES[i].end;
        for (size_t step = 1; step <= CASES[i].head.n; step++) {
            long end = scanned(CASES[i].head, step);
            if (end != expected) fail_msg("%s, by %zu: %ld", CASES[i].what, step, end);
        }
    }
}

static struct str of(struct arena *a, const char *before, size_t n, const char *after)
{
    size_t head = strlen(before), tail = strlen(after);
    char *p = arena_alloc(a, head + n + tail + 1);
    memcpy(p, before, head);
    memset(p + head, 'a', n);
    memcpy(p + head + n, after, tail);
    return (struct str){p, head + n + tail};
}

/* Long lines are refused as soon as they are too long: nobody waits for their end. */
static void test_limits(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *first = "GET / HTTP/1.1\r\nCookie: ";
    for (size_t n = 7700; n <= 8100; n += 100)
        assert_true(scanned(of(a, first, n, "\r\n\r\n"), 1000) > 0);
    assert_true(scanned(of(a, first, LIMIT_HEADER_BYTES, "\r\n\r\n"), 1000) > 0);
    for (size_t n = 15900; n <= 16100; n += 100)
        assert_int_equal(scanned(of(a, first, n, ""), 1000), -431);
    assert_int_equal(scanned(of(a, "GET /", LIMIT_URL_BYTES + 100, ""), 1000), -414);
    assert_int_equal(scanned(of(a, "", 100000, ""), 1000), -414);
    struct str many = STR("GET / HTTP/1.1\r\n");
    for (int i = 0; i <= LIMIT_HEADERS; i++)
        many = arena_fmt(a, "%.*sA: b\r\n", STR_ARG(many));
    assert_int_equal(scanned(arena_fmt(a, "%.*s\r\n", STR_ARG(many)), 7), -431);
    struct str large = STR("GET / HTTP/1.1\r\n");
    while (large.n <= LIMIT_HEAD_BYTES)
        large = arena_fmt(a, "%.*sA: %01000d\r\n", STR_ARG(large), 0);
    assert_int_equal(scanned(large, 999), -431);
    arena_free(a);
}

static void test_read(void **state)
{
    static const struct {
        const char *head, *method, *target;
        int status;
        size_t headers;
    } CASES[] = {
        {"GET / HTTP/1.1\r\n\r\n", "GET", "/", 0, 0},
        {"\r\nGET / HTTP/1.0\r\n\r\n", "GET", "/", 0, 0},
        {"POST /a?b HTTP/1.1\r\nHost: a\r\nX-Y:\r\n\r\n", "POST", "/a?b", 0, 2},
        {"GET  / HTTP/1.1\r\n\r\n", NULL, NULL, 400, 0},
        {"GET / HTTP/1.1 \r\n\r\n", NULL, NULL, 400, 0},
        {"GET /a b HTTP/1.1\r\n\r\n", NULL, NULL, 400, 0},
        {"GET /a\tb HTTP/1.1\r\n\r\n", NULL, NULL, 400, 0},
        {"GET /\r\n\r\n", NULL, NULL, 400, 0},
        {"GET\r\n\r\n", NULL, NULL, 400, 0},
        {"G(T / HTTP/1.1\r\n\r\n", NULL, NULL, 400, 0},
        {" / HTTP/1.1\r\n\r\n", NULL, NULL, 400, 0},
        {"GET / http/1.1\r\n\r\n", NULL, NULL, 400, 0},
        {"GET / HTTP/11\r\n\r\n", NULL, NULL, 400, 0},
        {"GET / HTTP/1.2\r\n\r\n", NULL, NULL, 505, 0},
        {"GET / HTTP/2.0\r\n\r\n", NULL, NULL, 505, 0},
        {"GET / HTTP/1.1\r\nHost\r\n\r\n", NULL, NULL, 400, 0},
        {"GET / HTTP/1.1\r\n: a\r\n\r\n", NULL, NULL, 400, 0},
        {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", NULL, NULL, 400, 0},
        {"GET / HTTP/1.1\r\nHo\tst: a\r\n\r\n", NULL, NULL, 400, 0},
        {"GET / HTTP/1.1\r\nH\xc3\xb6st: a\r\n\r\n", NULL, NULL, 400, 0},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct lines lines = {0};
        int status = lines_read(a, str_from(CASES[i].head), &lines);
        if (status != CASES[i].status) fail_msg("%s: %d", CASES[i].head, status);
        if (status) continue;
        assert_true(str_eq(lines.method, str_from(CASES[i].method)));
        assert_true(str_eq(lines.target, str_from(CASES[i].target)));
        assert_int_equal(lines.headers.n, CASES[i].headers);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_scan), cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
