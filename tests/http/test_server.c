/* Start and stop. */
#include "harness.h"

#include "http/exchange.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

static void test_cannot_start(void **state)
{
    (void)state;
    struct harness h;
    harness_start(&h, 1, 1);
    struct arena *a = arena_new();
    struct fault f = {0};
    struct http_server *second = NULL;
    struct http_options o = {
        .listen = arena_fmt(a, "127.0.0.1:%d", h.port), .threads = 1, .workers = 1, .queue = 1};
    assert_int_equal(http_start(&o, &f, &second), ST_UNAVAILABLE);
    assert_non_null(strstr(f.text, "in use"));
    o.listen = STR("nowhere");
    assert_int_equal(http_start(&o, &f, &second), ST_BAD_INPUT);
    assert_null(second);
    arena_free(a);
    harness_stop(&h, 10000);
}

struct stopping {
    struct harness *h;
    int timeout_ms;
};

static void *stop_it(void *arg)
{
    struct stopping *s = arg;
    http_stop(s->h->server, s->timeout_ms);
    return NULL;
}

static void await(atomic_bool *what)
{
    while (!atomic_load(what))
        sched_yield();
}

/* Half of the requests run, half wait for a worker; all are answered, each with Connection: close. */
static void test_stop_answers_what_is_under_way(void **state)
{
    (void)state;
    enum { WORKERS = 4, CLIENTS = 8 };
    struct harness h;
    struct client c[CLIENTS];
    struct arena *a = arena_new();
    pthread_t thread;
    harness_start(&h, WORKERS, CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
        client_open(&c[i], h.port);
        client_send(&c[i], GET("/gate"));
    }
    harness_await(&h, &h.entered, WORKERS);
    struct stopping s = {&h, 20000};
    assert_int_equal(pthread_create(&thread, NULL, stop_it, &s), 0);
    await(&h.server->stopping);
    harness_open(&h);
    for (int i = 0; i < CLIENTS; i++) {
        struct answer r = client_read(&c[i], a, false);
        assert_int_equal(r.status, 200);
        assert_true(str_eq(answer_header(&r, "Connection"), STR("close")));
        client_close(&c[i]);
    }
    pthread_join(thread, NULL);
    assert_int_equal(h.handled, CLIENTS);
    arena_free(a);
}

/* When the time is over, what runs ends, what waits is answered by busy(). */
static void test_stop_in_time(void **state)
{
    (void)state;
    enum { CLIENTS = 3 };
    struct harness h;
    struct client c[CLIENTS];
    struct arena *a = arena_new();
    pthread_t thread;
    harness_start(&h, 1, CLIENTS);
    client_open(&c[0], h.port);
    client_send(&c[0], GET("/gate"));
    harness_await(&h, &h.entered, 1);
    for (int i = 1; i < CLIENTS; i++) {
        client_open(&c[i], h.port);
        /* The quick request comes first on the connection: once it is answered the next one is as good as
         * read. */
        client_send(&c[i], STR("GET /a HTTP/1.1\r\n" HEADER "\r\nGET /gate HTTP/1.1\r\n" HEADER "\r\n"));
        assert_int_equal(client_read(&c[i], a, false).status, 200);
    }
    struct stopping s = {&h, 0};
    assert_int_equal(pthread_create(&thread, NULL, stop_it, &s), 0);
    await(&h.server->late);
    harness_open(&h);
    assert_int_equal(client_read(&c[0], a, false).status, 200);
    for (int i = 1; i < CLIENTS; i++) {
        struct answer r = client_read(&c[i], a, false);
        assert_int_equal(r.status, 503);
        assert_true(str_eq(answer_header(&r, "Connection"), STR("close")));
    }
    pthread_join(thread, NULL);
    assert_int_equal(h.busy, CLIENTS - 1);
    for (int i = 0; i < CLIENTS; i++)
        client_close(&c[i]);
    arena_free(a);
}

static void test_stop_closes_idle_connections(void **state)
{
    (void)state;
    struct harness h;
    struct client c;
    struct arena *a = arena_new();
    harness_start(&h, 1, 1);
    client_open(&c, h.port);
    client_send(&c, GET("/a"));
    assert_int_equal(client_read(&c, a, false).status, 200);
    harness_stop(&h, 20000);
    assert_true(client_ended(&c));
    client_close(&c);
    arena_free(a);
}

static struct http_plan no_plan(void *arg, struct http_request *q)
{
    (void)arg, (void)q;
    return (struct http_plan){0};
}

static void show_peer(void *arg, struct http_request *q, struct http_response *r)
{
    (void)arg;
    buf_init(&r->body, 64, 64);
    buf_str(&r->body, str_from(q->peer));
}

static int connect_to(const struct sockaddr *address, socklen_t size)
{
    int fd = socket(address->sa_family, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, address, size), 0);
    return fd;
}

/* Asks on a connection that is open already, who it is that asks. */
static void assert_peer(int fd, const char *peer)
{
    struct arena *a = arena_new();
    struct client c = {.fd = fd, .in = malloc(ANSWER_MAX)};
    assert_non_null(c.in);
    client_send(&c, GET("/"));
    assert_string_equal(client_read(&c, a, false).body.p, peer);
    client_close(&c);
    arena_free(a);
}

static void test_unix_socket(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char folder[] = "huiyuan-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct fault f = {0};
    struct http_server *s;
    struct http_options o = {.listen = arena_fmt(a, "unix:%s/sock", folder),
                             .threads = 1,
                             .workers = 1,
                             .queue = 1,
                             .plan = no_plan,
                             .handle = show_peer};
    assert_int_equal(http_start(&o, &f, &s), ST_OK);
    assert_int_equal(http_port(s), 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, o.listen.p + 5, sizeof address.sun_path - 1);
    assert_peer(connect_to((const struct sockaddr *)&address, sizeof address), "unix");
    http_stop(s, 10000);
    unlink(o.listen.p + 5);
    rmdir(folder);
    arena_free(a);
}

static void test_ipv6(void **state)
{
    (void)state;
    struct fault f = {0};
    struct http_server *s;
    struct http_options o = {.listen = STR("[::1]:0"),
                             .threads = 1,
                             .workers = 1,
                             .queue = 1,
                             .plan = no_plan,
                             .handle = show_peer};
    assert_int_equal(http_start(&o, &f, &s), ST_OK);
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_port = htons((uint16_t)http_port(s)),
                                   .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    assert_peer(connect_to((const struct sockaddr *)&address, sizeof address), "::1");
    http_stop(s, 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cannot_start), cmocka_unit_test(test_stop_answers_what_is_under_way),
        cmocka_unit_test(test_stop_in_time), cmocka_unit_test(test_stop_closes_idle_connections),
        cmocka_unit_test(test_unix_socket),  cmocka_unit_test(test_ipv6),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
