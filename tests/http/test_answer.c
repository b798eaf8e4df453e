#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include <cmocka.h>

static void test_answers(void **state)
{
    static const struct {
        struct str request;
        int status;
        const char *body;
    } CASES[] = {
        {GET("/constant"), 200, "constant"},
        {GET("/empty"), 200, ""},
        {GET("/a"), 200, "GET /a from 127.0.0.1\n"},
        {GET("/slow"), 200, "GET /slow from 127.0.0.1\n"},
    };
    struct harness *h = *state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct answer r = ask(h, a, CASES[i].request);
        assert_int_equal(r.status, CASES[i].status);
        assert_string_equal(r.body.p, CASES[i].body);
        assert_true(str_eq(answer_header(&r, "Content-Type"), STR("text/plain; charset=utf-8")));
        assert_null(answer_header(&r, "Connection").p);
        assert_null(answer_header(&r, "Server").p);
    }
    arena_free(a);
}

static void test_page_over_its_limit(void **state)
{
    struct arena *a = arena_new();
    struct answer r = ask(*state, a, GET("/big"));
    assert_int_equal(r.status, 500);
    assert_true(str_starts(r.body, STR("500 ")));
    arena_free(a);
}

static void test_no_second_header_in_a_value(void **state)
{
    struct arena *a = arena_new();
    struct answer r = ask(*state, a, GET("/split"));
    assert_int_equal(r.status, 200);
    assert_null(answer_header(&r, "X-Split").p);
    assert_null(answer_header(&r, "Set-Cookie").p);
    arena_free(a);
}

/* HEAD and 304 have no body; what comes next on the connection is the next answer. */
static void test_no_body(void **state)
{
    struct harness *h = *state;
    struct arena *a = arena_new();
    struct client c;
    client_open(&c, h->port);
    client_send(&c, STR("HEAD /a HTTP/1.1\r\n" HEADER "\r\n"));
    struct answer r = client_read(&c, a, true);
    assert_int_equal(r.status, 200);
    assert_true(str_eq(answer_header(&r, "Content-Length"), STR("22")));
    client_send(&c, GET("/unchanged"));
    assert_int_equal(client_read(&c, a, false).status, 304);
    client_send(&c, GET("/a"));
    assert_true(str_eq(client_read(&c, a, false).body, STR("GET /a from 127.0.0.1\n")));
    client_close(&c);
    arena_free(a);
}

static void assert_page(struct str zipped)
{
    char page[PAGE_BYTES];
    size_t n = 0;
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_gzip_decompress(d, zipped.p, zipped.n, page, sizeof page, &n),
                     LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(d);
    assert_int_equal(n, PAGE_BYTES);
    assert_memory_equal(page, "page page ", 10);
}

/* gzip for who asks for it, and only where it pays. */
static void test_compressed(void **state)
{
    static const struct {
        const char *path, *accepts;
        bool zipped;
    } CASES[] = {
        {"/page", "Accept-Encoding: gzip, deflate, br", true},
        {"/page", "Accept-Encoding: br;q=1.0, gzip;q=0.8", true},
        {"/page", "Accept-Encoding: gzip;q=0", false},
        {"/page", "Accept-Encoding: br", false},
        {"/page", "X-Nothing: 1", false},
        {"/short", "Accept-Encoding: gzip", false},
        {"/constant", "Accept-Encoding: gzip", false},
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct answer r =
            ask(*state, a,
                arena_fmt(a, "GET %s HTTP/1.1\r\n" HEADER "%s\r\n\r\n", CASES[i].path, CASES[i].accepts));
        assert_int_equal(r.status, 200);
        assert_int_equal(answer_header(&r, "Content-Encoding").n > 0, CASES[i].zipped);
        if (strcmp(CASES[i].path, "/page") != 0) continue;
        assert_true(str_eq(answer_header(&r, "Vary"), STR("Accept-Encoding")));
        if (!CASES[i].zipped) assert_int_equal(r.body.n, PAGE_BYTES);
        if (CASES[i].zipped) assert_page(r.body);
    }
    arena_free(a);
}

/* However the answer goes out, the next page on the connection is written where this one was. */
static void test_memory_of_pages(void **state)
{
    (void)state;
    struct harness h;
    struct client c;
    struct arena *a = arena_new();
    static const char *const REQUESTS[] = {
        "GET /page HTTP/1.1\r\nAccept-Encoding: gzip\r\n" HEADER "\r\n",
        "GET /page HTTP/1.1\r\n" HEADER "\r\n",
        "HEAD /page HTTP/1.1\r\n" HEADER "\r\n",
        "GET /slow/page HTTP/1.1\r\nAccept-Encoding: gzip\r\n" HEADER "\r\n",
        "GET /unchanged HTTP/1.1\r\n" HEADER "\r\n",
        "GET /short HTTP/1.1\r\nAccept-Encoding: gzip\r\n" HEADER "\r\n",
        "GET /page HTTP/1.1\r\nAccept-Encoding: gzip\r\n" HEADER "\r\n",
    };
    harness_start(&h, 1, 1);
    client_open(&c, h.port);
    for (size_t i = 0; i < sizeof REQUESTS / sizeof REQUESTS[0]; i++) {
        client_send(&c, str_from(REQUESTS[i]));
        int status = client_read(&c, a, REQUESTS[i][0] == 'H').status;
        assert_int_equal(status, strstr(REQUESTS[i], "/unchanged") ? 304 : 200);
    }
    client_close(&c);
    harness_stop(&h, 10000);
    assert_int_equal(h.pages_new, 1);
    arena_free(a);
}

static int start(void **state)
{
    struct harness *h = malloc(sizeof *h);
    harness_start(h, 2, 10);
    *state = h;
    return 0;
}

static int stop(void **state)
{
    harness_stop(*state, 10000);
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_answers),
                                       cmocka_unit_test(test_page_over_its_limit),
                                       cmocka_unit_test(test_no_second_header_in_a_value),
                                       cmocka_unit_test(test_no_body),
                                       cmocka_unit_test(test_compressed),
                                       cmocka_unit_test(test_memory_of_pages)};
    return cmocka_run_group_tests(tests, start, stop);
}
