/* Bodies, connections that go on, and the pool of workers, over a socket. */
#include "harness.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART  "multipart/form-data; boundary=XyZ"
#define PHOTO                                                                                                \
    "--XyZ\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nt\0k\r\n"                                 \
    "--XyZ\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\u7167.jpg\"\r\n\r\n"

static struct str filled(struct arena *a, struct str head, size_t n, struct str tail)
{
    char *p = arena_alloc(a, head.n + n + tail.n + 1);
    memcpy(p, head.p, head.n);
    memset(p + head.n, 'x', n);
    memcpy(p + head.n + n, tail.p, tail.n);
    return (struct str){p, head.n + n + tail.n};
}

static void test_forms(void **state)
{
    static const struct {
        const char *path, *type;
        struct str body;
        int status;
        const char *shown;
    } CASES[] = {
        {"/form", URLENCODED, STR_INIT("b=1&a=%E7%8E%8B+x&b=%00"), 200,
         "field b=1\nfield a=\u738b x\nfield b=\\0\n"},
        {"/form", URLENCODED "; charset=UTF-8", STR_INIT("a=1"), 200, "field a=1\n"},
        {"/form", URLENCODED, STR_INIT(""), 200, ""},
        {"/form", URLENCODED, STR_INIT("a=%zz"), 200, "field a=%zz\n"},
        {"/form", MULTIPART, STR_INIT(PHOTO "0123\r\n--XyZ--\r\n"), 200,
         "field csrf=t\\0k\nfile photo '\u7167.jpg' size 4 kept 4: 0123\n"},
        {"/form", MULTIPART, STR_INIT(PHOTO "0123\r\n"), 400, NULL},
        {"/form", "multipart/form-data", STR_INIT(PHOTO "0123\r\n--XyZ--\r\n"), 400, NULL},
        {"/form", "text/plain", STR_INIT("a=1"), 200, ""},
        {"/none", URLENCODED, STR_INIT("a=%zz"), 200, ""},
    };
    struct harness *h = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct arena *a = arena_new();
        struct answer r = ask(h, a, post(a, CASES[i].path, CASES[i].type, CASES[i].body));
        if (r.status != CASES[i].status) fail_msg("case %zu: %d", i, r.status);
        struct str expected = arena_fmt(a, "POST %s from 127.0.0.1\n%s", CASES[i].path, CASES[i].shown);
        if (CASES[i].shown) assert_string_equal(r.body.p, expected.p);
        arena_free(a);
    }
}

static void test_limits(void **state)
{
    static const struct {
        const char *path, *type;
        struct str head;
        size_t n;
        struct str tail;
        const char *shown;
    } CASES[] = {
        {"/small", URLENCODED, STR_INIT("a="), 98, STR_INIT(""), "field a=x"},
        {"/small", URLENCODED, STR_INIT("a="), 99, STR_INIT(""), "over\n"},
        {"/form", URLENCODED, STR_INIT("a="), LIMIT_FIELD_BYTES + 1, STR_INIT(""), "over\n"},
        {"/form", URLENCODED, STR_INIT("a="), (1u << 20) - 1, STR_INIT(""), "over\n"},
        {"/form", MULTIPART, STR_INIT(PHOTO), 100, STR_INIT("\r\n--XyZ--"),
         "field csrf=t\\0k\nfile photo '\u7167.jpg' size 100 kept 100: x"},
        {"/form", MULTIPART, STR_INIT(PHOTO), 900000, STR_INIT("\r\n--XyZ--"),
         "field csrf=t\\0k\nfile photo '\u7167.jpg' size 900000 kept 100: x"},
        {"/form", MULTIPART, STR_INIT(PHOTO), 12u << 20, STR_INIT("\r\n--XyZ--"), "over\n"},
        {"/none", MULTIPART, STR_INIT(PHOTO), 12u << 20, STR_INIT(""), ""},
    };
    struct harness *h = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct arena *a = arena_new();
        struct str body = filled(a, CASES[i].head, CASES[i].n, CASES[i].tail);
        struct answer r = ask(h, a, post(a, CASES[i].path, CASES[i].type, body));
        assert_int_equal(r.status, 200);
        struct str expected = arena_fmt(a, "POST %s from 127.0.0.1\n%s", CASES[i].path, CASES[i].shown);
        if (!str_starts(r.body, expected)) fail_msg("case %zu: %.*s", i, STR_ARG(str_sub(r.body, 0, 200)));
        arena_free(a);
    }
}

/* Over what is drained: refused by its length before any of it is read, and closed. */
static void test_far_too_large(void **state)
{
    struct harness *h = *state;
    int handled = harness_handled(h);
    struct arena *a = arena_new();
    struct client c;
    client_open(&c, h->port);
    client_send(&c, STR("POST /form HTTP/1.1\r\n" HEADER "Content-Length: 17825792\r\n\r\n"));
    assert_int_equal(client_read(&c, a, false).status, 413);
    client_send(&c, filled(a, STR(""), 17u << 20, STR("")));
    assert_true(client_ended(&c));
    client_close(&c);
    assert_int_equal(harness_handled(h), handled);
    arena_free(a);
}

static void test_cut_upload(void **state)
{
    (void)state;
    enum { CUTS = 40 };
    struct harness h;
    struct client c[CUTS];
    struct arena *a = arena_new();
    struct str whole = post(a, "/form", MULTIPART, STR(PHOTO "0123\r\n--XyZ--"));
    harness_start(&h, 2, 10);
    for (size_t i = 0; i < CUTS; i++) {
        client_open(&c[i], h.port);
        client_send(&c[i], str_sub(whole, 0, whole.n - 1 - i));
        shutdown(c[i].fd, SHUT_WR);
    }
    assert_int_equal(ask(&h, a, GET("/a")).status, 200);
    harness_stop(&h, 500);
    for (size_t i = 0; i < CUTS; i++) {
        assert_true(client_ended(&c[i]));
        client_close(&c[i]);
    }
    assert_int_equal(h.entered, 1);
    arena_free(a);
}

static void test_in_pieces(void **state)
{
    struct harness *h = *state;
    struct arena *a = arena_new();
    struct str whole = post(a, "/form", MULTIPART, STR(PHOTO "0123\r\n--XyZ--"));
    struct client c;
    client_open(&c, h->port);
    for (size_t i = 0; i < whole.n; i++)
        client_send(&c, str_sub(whole, i, 1));
    assert_true(str_ends(client_read(&c, a, false).body, STR("size 4 kept 4: 0123\n")));
    client_close(&c);
    arena_free(a);
}

static void test_expect_continue(void **state)
{
    struct harness *h = *state;
    struct arena *a = arena_new();
    struct client c;
    client_open(&c, h->port);
    client_send(&c, STR("POST /form HTTP/1.1\r\n" HEADER "Expect: 100-continue\r\nContent-Type: " URLENCODED
                        "\r\nContent-Length: 3\r\n\r\n"));
    assert_int_equal(client_read(&c, a, false).status, 100);
    client_send(&c, STR("a=1"));
    assert_true(str_ends(client_read(&c, a, false).body, STR("field a=1\n")));
    client_close(&c);
    client_open(&c, h->port);
    client_send(
        &c, STR("POST /form HTTP/1.1\r\n" HEADER "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n"));
    assert_int_equal(client_read(&c, a, false).status, 413);
    client_close(&c);
    arena_free(a);
}

/* Quick, slow and posted in one write: the answers come in order, and nothing of one is left in the next. */
static void test_pipelined(void **state)
{
    struct harness *h = *state;
    struct arena *a = arena_new();
    struct client c;
    client_open(&c, h->port);
    for (int round = 0; round < 20; round++) {
        client_send(&c, GET("/a?n=1"));
        client_send(&c, post(a, "/form", URLENCODED, STR("a=1")));
        client_send(&c, STR("GET /slow HTTP/1.1\r\n" HEADER "Cookie: a=1\r\n\r\n"));
        client_send(&c, GET("/b"));
        assert_string_equal(client_read(&c, a, false).body.p, "GET /a from 127.0.0.1\nquery n=1\n");
        assert_string_equal(client_read(&c, a, false).body.p, "POST /form from 127.0.0.1\nfield a=1\n");
        assert_string_equal(client_read(&c, a, false).body.p, "GET /slow from 127.0.0.1\ncookie a=1\n");
        assert_string_equal(client_read(&c, a, false).body.p, "GET /b from 127.0.0.1\n");
    }
    client_close(&c);
    arena_free(a);
}

/* One more than run and wait at once: exactly that one is turned away, at once, and quick pages go on. */
static void test_queue_full(void **state)
{
    (void)state;
    enum { WORKERS = 2, QUEUE = 3, CLIENTS = WORKERS + QUEUE + 1 };
    struct harness h;
    struct client c[CLIENTS];
    struct arena *a = arena_new();
    int answered = 0, busy = 0;
    harness_start(&h, WORKERS, QUEUE);
    for (int i = 0; i < CLIENTS; i++) {
        client_open(&c[i], h.port);
        client_send(&c[i], GET("/gate"));
    }
    harness_await(&h, &h.busy, 1);
    assert_int_equal(ask(&h, a, GET("/a")).status, 200);
    harness_open(&h);
    for (int i = 0; i < CLIENTS; i++) {
        struct answer r = client_read(&c[i], a, false);
        answered += r.status == 200;
        busy += r.status == 503 && str_eq(answer_header(&r, "Retry-After"), STR("1"));
        client_close(&c[i]);
    }
    assert_int_equal(answered, CLIENTS - 1);
    assert_int_equal(busy, 1);
    harness_stop(&h, 10000);
    arena_free(a);
}

static void *hammer(void *harness)
{
    enum { ROUNDS = 100 };
    struct harness *h = harness;
    intptr_t wrong = 0;
    struct client c;
    client_open(&c, h->port);
    for (int i = 0; i < ROUNDS; i++) {
        struct arena *a = arena_new();
        struct str form = arena_fmt(a, "a=%d", i);
        client_send(&c, i % 3 ? post(a, "/form", URLENCODED, form) : GET("/slow"));
        struct answer r = client_read(&c, a, false);
        struct str end = i % 3 ? arena_fmt(a, "field a=%d\n", i) : STR("GET /slow from 127.0.0.1\n");
        wrong += r.status != 200 || !str_ends(r.body, end);
        arena_free(a);
    }
    client_close(&c);
    return (void *)wrong;
}

static void test_suspended_under_load(void **state)
{
    enum { CLIENTS = 16 };
    pthread_t thread[CLIENTS];
    for (int i = 0; i < CLIENTS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, hammer, *state), 0);
    for (int i = 0; i < CLIENTS; i++) {
        void *wrong;
        pthread_join(thread[i], &wrong);
        assert_null(wrong);
    }
}

/* The person is gone before the worker is done: the answer is dropped, and nothing else. */
static void test_gone_meanwhile(void **state)
{
    (void)state;
    struct harness h;
    struct client c;
    harness_start(&h, 1, 1);
    client_open(&c, h.port);
    client_send(&c, GET("/gate"));
    harness_await(&h, &h.entered, 1);
    client_close(&c);
    harness_open(&h);
    harness_stop(&h, 10000);
    assert_int_equal(h.handled, 1);
}

static int start(void **state)
{
    struct harness *h = malloc(sizeof *h);
    harness_start(h, 4, 100);
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_far_too_large),
        cmocka_unit_test(test_cut_upload),
        cmocka_unit_test(test_in_pieces),
        cmocka_unit_test(test_expect_continue),
        cmocka_unit_test(test_pipelined),
        cmocka_unit_test(test_queue_full),
        cmocka_unit_test(test_suspended_under_load),
        cmocka_unit_test(test_gone_meanwhile),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
