/* Budgets and deadlines, over a socket, with limits that are small enough to meet. */
#include "harness.h"

#include "http/exchange.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cmocka.h>

#define FORM(path, length)                                                                                   \
    STR("POST " path " HTTP/1.1\r\n" HEADER "Content-Type: application/x-www-form-urlencoded\r\n"            \
        "Content-Length: " length "\r\n\r\n")

static struct arena *a;

static struct str xs(size_t n)
{
    char *p = arena_alloc(a, n + 1);
    memset(p, 'x', n);
    return (struct str){p, n};
}

static void open_and_ask(struct client *c, struct harness *h)
{
    client_open(c, h->port);
    client_send(c, GET("/a"));
    assert_int_equal(client_read(c, a, false).status, 200);
}

static bool still_there(struct client *c)
{
    client_send(c, GET("/a"));
    return client_read(c, a, false).status == 200;
}

/* One more than there may be: the one that has not asked for longest goes, also one that drips a head. */
static void test_connections(void **state)
{
    static const struct {
        struct http_limits limits;
        const char *proxy;
        bool makes_room;
    } CASES[] = {
        {{.connections = 4}, NULL, true},
        {{.connections = 100, .connections_address = 4}, NULL, true},
        {{.connections = 100, .connections_address = 4}, "127.0.0.1", false},
        {{.connections = 100, .connections_address = 5}, NULL, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct harness h = {.proxy = CASES[i].proxy};
        struct client dripping, c[4];
        harness_start_limited(&h, 1, 1, CASES[i].limits);
        open_and_ask(&dripping, &h);
        client_send(&dripping, STR("GET /a HT"));
        for (int k = 0; k < 3; k++)
            open_and_ask(&c[k], &h);
        client_send(&dripping, STR("TP/1.1"));
        open_and_ask(&c[3], &h);
        for (int k = 0; k < 4; k++)
            assert_true(still_there(&c[k]));
        client_send(&dripping, STR("\r\n" HEADER "\r\n"));
        assert_int_equal(client_read(&dripping, a, false).status, CASES[i].makes_room ? 0 : 200);
        client_close(&dripping);
        for (int k = 0; k < 4; k++)
            client_close(&c[k]);
        harness_stop(&h, 5000);
    }
}

/* When all of them are at work nobody can make room: the newcomer is told. */
static void test_no_room(void **state)
{
    static const struct {
        struct http_limits limits;
        int status;
    } CASES[] = {{{.connections = 2}, 503}, {{.connections = 50, .connections_address = 2}, 429}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct harness h = {0};
        struct client c[2], late;
        harness_start_limited(&h, 2, 2, CASES[i].limits);
        for (int k = 0; k < 2; k++) {
            client_open(&c[k], h.port);
            client_send(&c[k], GET("/gate"));
        }
        harness_await(&h, &h.entered, 2);
        client_open(&late, h.port);
        struct answer r = client_read(&late, a, false);
        assert_int_equal(r.status, CASES[i].status);
        assert_true(str_eq(answer_header(&r, "Retry-After"), STR("30")));
        client_close(&late);
        harness_open(&h);
        for (int k = 0; k < 2; k++) {
            assert_int_equal(client_read(&c[k], a, false).status, 200);
            client_close(&c[k]);
        }
        harness_stop(&h, 5000);
    }
}

/* Half-sent forms hold what they sent, up to a budget; what is over it is refused, small ones still pass, and
 * all is given back. */
static void test_bodies(void **state)
{
    static const struct {
        const char *path;
        struct http_limits limits;
        int status;
    } CASES[] = {
        {"/form", {.bodies = 1u << 20}, 503},
        {"/form", {.bodies_address = 1u << 20}, 429},
        {"/mine", {.bodies_session = 1u << 20}, 429},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct harness h = {0};
        struct client c[3];
        harness_start_limited(&h, 1, 1, CASES[i].limits);
        struct str form = post(a, CASES[i].path, "application/x-www-form-urlencoded", xs(400000));
        int refused = 0;
        for (int k = 0; k < 3; k++) {
            client_open(&c[k], h.port);
            client_send(&c[k], str_sub(form, 0, form.n - 1));
            if (k == 0) harness_await_bodies(&h, 400000, 1u << 20);
            if (k == 0) continue;
            struct answer r = client_read(&c[k], a, false);
            refused += r.status == CASES[i].status && answer_header(&r, "Retry-After").n > 0;
        }
        assert_int_equal(refused, 2);
        assert_int_equal(
            ask(&h, a, post(a, CASES[i].path, "application/x-www-form-urlencoded", STR("a=1"))).status, 200);
        client_send(&c[0], STR("x"));
        assert_int_equal(client_read(&c[0], a, false).status, 200);
        harness_await_bodies(&h, 0, 0);
        for (int k = 0; k < 3; k++)
            client_close(&c[k]);
        harness_stop(&h, 5000);
    }
}

/* Answered before a byte of the body came; what comes is read away, so that the sender reads the answer. */
static void test_no_right(void **state)
{
    struct client c;
    struct harness h;
    (void)state;
    harness_start(&h, 1, 1);
    client_open(&c, h.port);
    client_send(&c, FORM("/forbidden", "8000000"));
    struct answer r = client_read(&c, a, false);
    assert_string_equal(r.body.p, "POST /forbidden from 127.0.0.1\nunread\n");
    assert_true(str_eq(answer_header(&r, "Connection"), STR("close")));
    client_send(&c, xs(8000000));
    assert_true(client_ended(&c));
    client_close(&c);
    client_open(&c, h.port);
    client_send(
        &c, STR("POST /forbidden HTTP/1.1\r\n" HEADER "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
    assert_int_equal(client_read(&c, a, false).status, 200);
    client_close(&c);
    harness_stop(&h, 5000);
}

/* A part of a request, and what comes when nothing follows. */
static void test_deadlines(void **state)
{
    static const struct {
        const char *what;
        struct http_limits limits;
        struct str part;
        int status; /* 0: closed */
    } CASES[] = {
        {"nothing", {.idle_ms = 100}, STR_INIT(""), 0},
        {"a head", {.head_ms = 100}, STR_INIT("GET /a HTTP/1.1\r\nHos"), 408},
        {"a body that stands still", {.stall_ms = 100}, FORM("/form", "100"), 408},
        {"a body that is too slow", {.grace_ms = 100, .bytes_a_second = 1000}, FORM("/form", "100"), 408},
        {"a body that takes too long", {.body_ms = 100}, FORM("/form", "100"), 408},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct harness h = {0};
        struct client c;
        harness_start_limited(&h, 1, 1, CASES[i].limits);
        client_open(&c, h.port);
        client_send(&c, CASES[i].part);
        struct answer r = client_read(&c, a, false);
        if (r.status != CASES[i].status) fail_msg("%s: %d", CASES[i].what, r.status);
        assert_true(client_ended(&c));
        client_close(&c);
        harness_await_bodies(&h, 0, 0);
        harness_stop(&h, 5000);
    }
}

/* Each piece within the deadline of standing still, the whole far beyond it. */
static void test_slow_and_steady(void **state)
{
    (void)state;
    struct harness h = {0};
    struct client c;
    harness_start_limited(&h, 1, 1, (struct http_limits){.stall_ms = 2000, .head_ms = 60000});
    client_open(&c, h.port);
    struct str form = post(a, "/form", "application/x-www-form-urlencoded", STR("a=1&b=2"));
    for (size_t i = 0; i < form.n; i++) {
        client_send(&c, str_sub(form, i, 1));
        sched_yield();
    }
    assert_int_equal(client_read(&c, a, false).status, 200);
    client_close(&c);
    harness_stop(&h, 5000);
}

/* Who does not read an answer: it is kept while there is room and time, and no longer. */
static void test_slow_readers(void **state)
{
    static const struct {
        struct http_limits limits;
        bool kept;
    } CASES[] = {{{.kept = 1u << 20}, false}, {{.stall_ms = 100}, false}, {{.kept = 64u << 20}, true}};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct harness h = {0};
        struct client c;
        int small = 4096;
        harness_start_limited(&h, 1, 1, CASES[i].limits);
        client_prepare(&c);
        setsockopt(c.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        client_connect(&c, h.port);
        client_send(&c, GET("/large"));
        harness_await(&h, &h.handled, 1);
        while (CASES[i].kept && atomic_load(&h.server->kept) == 0)
            sched_yield();
        harness_await_connections(&h, CASES[i].kept ? 1 : 0);
        assert_int_equal(client_count(&c, LARGE_BYTES) >= LARGE_BYTES, CASES[i].kept);
        assert_int_equal(ask(&h, a, GET("/a")).status, 200);
        client_close(&c);
        harness_stop(&h, 5000);
    }
}

/* A request that takes all memory is answered with 503, lets go of what it holds, and the next one is served.
 */
static void test_memory(void **state)
{
    static const struct str REQUESTS[] = {GET("/greedy"), GET("/slow/greedy")};
    (void)state;
    struct harness h;
    harness_start(&h, 1, 1);
    for (int i = 0; i < 2; i++) {
        struct answer r = ask(&h, a, REQUESTS[i]);
        assert_int_equal(r.status, 503);
        assert_true(answer_header(&r, "Retry-After").n > 0);
        assert_true(str_starts(r.body, STR("503 ")));
        assert_int_equal(h.released, i + 1);
        assert_int_equal(ask(&h, a, GET("/a")).status, 200);
    }
    harness_stop(&h, 5000);
}

/* No file for one more connection: the oldest that waits gives its own. */
static void test_files(void **state)
{
    (void)state;
    struct harness h = {0};
    struct rlimit before, none;
    struct client old, late;
    harness_start_limited(&h, 1, 1, (struct http_limits){.connections = 1000});
    open_and_ask(&old, &h);
    client_prepare(&late); /* the last file that there is */
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = (struct rlimit){(rlim_t)late.fd + 1, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    client_connect(&late, h.port);
    client_send(&late, GET("/a"));
    int status = client_read(&late, a, false).status;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(status, 200);
    assert_true(client_ended(&old));
    client_close(&old);
    client_close(&late);
    harness_stop(&h, 5000);
}

static int make_arena(void **state)
{
    (void)state;
    a = arena_new();
    return 0;
}

static int end_arena(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, end_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_connections),  TEST(test_no_room),   TEST(test_bodies),
        TEST(test_no_right),     TEST(test_deadlines), TEST(test_slow_and_steady),
        TEST(test_slow_readers), TEST(test_memory),    TEST(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
