/* The first line and the header, over a socket: what comes out decoded, and what is refused. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void test_strict(void **state)
{
    static const struct {
        const char *what;
        struct str request;
        int status;
    } CASES[] = {
        {"fine", GET("/a"), 200},
        {"a length of nothing", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Content-Length: 0\r\n\r\n"), 200},
        {"no version", STR_INIT("GET /a\r\n" HEADER "\r\n"), 400},
        {"no host", STR_INIT("GET /a HTTP/1.1\r\n\r\n"), 400},
        {"two hosts", STR_INIT("GET /a HTTP/1.1\r\n" HEADER HEADER "\r\n"), 400},
        {"chunked", STR_INIT("POST /form HTTP/1.1\r\n" HEADER "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
         411},
        {"chunked, in capitals",
         STR_INIT("POST /form HTTP/1.1\r\n" HEADER "TRANSFER-ENCODING: Chunked\r\n\r\n"), 411},
        {"chunked and a length",
         STR_INIT("POST /form HTTP/1.1\r\n" HEADER
                  "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
         400},
        {"identity",
         STR_INIT("POST /form HTTP/1.1\r\n" HEADER
                  "Transfer-Encoding: identity\r\nContent-Length: 1\r\n\r\na"),
         400},
        {"chunked GET", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "transfer-encoding: x\r\n\r\n"), 411},
        {"folded", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "X: a\r\n b\r\n\r\n"), 400},
        {"NUL in the address", STR_INIT("GET /a\0b HTTP/1.1\r\n" HEADER "\r\n"), 400},
        {"NUL in a cookie", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Cookie: a=1\0; b=2\r\n\r\n"), 400},
        {"bare line feeds", STR_INIT("GET /a HTTP/1.1\nHost: test\n\n"), 400},
        {"another version", STR_INIT("GET /a HTTP/2.0\r\n" HEADER "\r\n"), 505},
        {"two lengths",
         STR_INIT("POST /form HTTP/1.1\r\n" HEADER "Content-Length: 1\r\nContent-Length: 1\r\n\r\na"), 400},
        {"two lengths in one", STR_INIT("POST /form HTTP/1.1\r\n" HEADER "Content-Length: 1, 1\r\n\r\na"),
         400},
        {"signed length", STR_INIT("POST /form HTTP/1.1\r\n" HEADER "Content-Length: +1\r\n\r\na"), 400},
        {"negative length", STR_INIT("POST /form HTTP/1.1\r\n" HEADER "Content-Length: -1\r\n\r\na"), 400},
        {"empty length", STR_INIT("POST /form HTTP/1.1\r\n" HEADER "Content-Length: \r\n\r\n"), 400},
        {"body on GET", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Content-Length: 1\r\n\r\na"), 400},
        {"body on HEAD", STR_INIT("HEAD /a HTTP/1.1\r\n" HEADER "Content-Length: 1\r\n\r\na"), 400},
        {"two origins", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Origin: a\r\nOrigin: b\r\n\r\n"), 400},
        {"two types", STR_INIT("POST /form HTTP/1.1\r\n" HEADER "Content-Type: a\r\nContent-Type: b\r\n\r\n"),
         400},
        {"two sites",
         STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Sec-Fetch-Site: none\r\nSec-Fetch-Site: none\r\n\r\n"), 400},
        {"session cookie twice", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Cookie: sid=1; x=2; sid=1\r\n\r\n"),
         400},
        {"in two lines", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Cookie: pre=1\r\nCookie: pre=2\r\n\r\n"),
         400},
        {"one of each", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Cookie: sid=1; pre=2\r\n\r\n"), 200},
        {"other cookie twice", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Cookie: x=1; x=2\r\n\r\n"), 200},
        {"control character", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "User-Agent: a\x01z\r\n\r\n"), 400},
        {"blank before the colon",
         STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Transfer-Encoding : chunked\r\n\r\n"), 400},
        {"no colon", STR_INIT("GET /a HTTP/1.1\r\n" HEADER "nonsense\r\n\r\n"), 400},
        {"bad percent", GET("/%zz"), 400},
        {"percent of another in the query", GET("/a?b=%"), 200},
        {"NUL", GET("/a%00b"), 400},
        {"not UTF-8", GET("/%ff"), 400},
        {"up", GET("/a/../b"), 400},
        {"up, hidden", GET("/a/%2e%2e/b"), 400},
        {"absolute", GET("http://test/a"), 400},
        {"star", GET("*"), 400},
    };
    struct harness *h = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct arena *a = arena_new();
        struct client c;
        client_open(&c, h->port);
        client_send(&c, CASES[i].request);
        struct answer r = client_read(&c, a, str_starts(CASES[i].request, STR("HEAD")));
        if (r.status != CASES[i].status) fail_msg("%s: %d", CASES[i].what, r.status);
        if (r.status == 400 && !client_ended(&c)) fail_msg("%s: left open", CASES[i].what);
        client_close(&c);
        arena_free(a);
    }
}

static void test_long_lines(void **state)
{
    struct harness *h = *state;
    struct arena *a = arena_new();
    struct str fits = arena_fmt(a, "GET /%04095d HTTP/1.1\r\n" HEADER "\r\n", 0);
    struct str over = arena_fmt(a, "GET /%04096d HTTP/1.1\r\n" HEADER "\r\n", 0);
    struct str header = arena_fmt(a, "GET /a HTTP/1.1\r\n" HEADER "X: %040000d\r\n\r\n", 0);
    struct str endless = arena_fmt(a, "GET /%040000d HTTP/1.1\r\n" HEADER "\r\n", 0);
    assert_int_equal(ask(h, a, fits).status, 200);
    assert_int_equal(ask(h, a, over).status, 414);
    assert_int_equal(ask(h, a, header).status, 431);
    assert_int_equal(ask(h, a, endless).status, 414);
    arena_free(a);
}

static void test_decoded(void **state)
{
    static const struct {
        struct str request;
        const char *shown;
    } CASES[] = {
        {GET("/%E4%BC%9A/a+b?q=%E7%8E%8B+x&id=2&id=1&z"),
         "GET /\u4f1a/a+b from 127.0.0.1\nquery q=\u738b x\nquery id=2\nquery id=1\nquery z=\n"},
        {GET("/a?b=x%00y?z"), "GET /a from 127.0.0.1\nquery b=x\\0y?z\n"},
        {GET("/a?x=%&y=%zz&utm=%u5f20"), "GET /a from 127.0.0.1\nquery x=%\nquery y=%zz\nquery utm=%u5f20\n"},
        {GET("/a?"), "GET /a from 127.0.0.1\n"},
        {STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Cookie: a=1;b = 2 ; c; d=e=f;\r\ncookie: g=\r\n\r\n"),
         "GET /a from 127.0.0.1\ncookie a=1\ncookie b=2\ncookie d=e=f\ncookie g=\n"},
        {STR_INIT("POST /a HTTP/1.1\r\n" HEADER "\r\n"), "POST /a from 127.0.0.1\n"},
        {STR_INIT("PUT /a HTTP/1.1\r\n" HEADER "Content-Length: 1\r\n\r\na"), "OTHER /a from 127.0.0.1\n"},
        {STR_INIT("get /a HTTP/1.1\r\n" HEADER "\r\n"), "OTHER /a from 127.0.0.1\n"},
    };
    struct harness *h = *state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        assert_string_equal(ask(h, a, CASES[i].request).body.p, CASES[i].shown);
    arena_free(a);
}

/* HTTP/1.0, and who asks for it: answered, and over. */
static void test_connection_ends(void **state)
{
    static const struct {
        struct str request;
        bool ends;
    } CASES[] = {
        {GET("/a"), false},
        {STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Connection: keep-alive\r\n\r\n"), false},
        {STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Connection: Close\r\n\r\n"), true},
        {STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Connection: x, close\r\n\r\n"), true},
        {STR_INIT("GET /a HTTP/1.1\r\n" HEADER "Connection: x\r\nConnection: close\r\n\r\n"), true},
        {STR_INIT("GET /a HTTP/1.0\r\n\r\n"), true},
    };
    struct harness *h = *state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct client c;
        client_open(&c, h->port);
        client_send(&c, CASES[i].request);
        struct answer r = client_read(&c, a, false);
        assert_int_equal(r.status, 200);
        assert_int_equal(str_eq(answer_header(&r, "Connection"), STR("close")), CASES[i].ends);
        if (CASES[i].ends) {
            assert_true(client_ended(&c));
        } else {
            client_send(&c, GET("/a"));
            assert_int_equal(client_read(&c, a, false).status, 200);
        }
        client_close(&c);
    }
    arena_free(a);
}

/* An answer for heads of every size, in one piece and byte by byte. */
static void test_large_cookies(void **state)
{
    struct harness *h = *state;
    for (int n = 7700; n <= 16100; n += n < 8100 ? 50 : n < 15900 ? 700 : 25) {
        struct arena *a = arena_new();
        struct str request = arena_fmt(a, "GET /a HTTP/1.1\r\n" HEADER "Cookie: %0*d\r\n\r\n", n, 0);
        struct answer r = ask(h, a, request);
        if (r.status != (n <= 8192 ? 200 : 431)) fail_msg("%d: %d", n, r.status);
        arena_free(a);
    }
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_strict), cmocka_unit_test(test_long_lines),
                                       cmocka_unit_test(test_decoded), cmocka_unit_test(test_connection_ends),
                                       cmocka_unit_test(test_large_cookies)};
    return cmocka_run_group_tests(tests, start, stop);
}
