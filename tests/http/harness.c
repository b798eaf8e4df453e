#include "harness.h"

#include "base/limits.h"
#include "http/exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

static struct http_plan plan(void *arg, struct http_request *q)
{
    (void)arg;
    bool waits = str_starts(q->path, STR("/slow")) || str_eq(q->path, STR("/gate"));
    struct http_plan p = {.lane = waits ? HTTP_WORK : HTTP_AT_ONCE};
    if (str_starts(q->path, STR("/form"))) p.body_bytes = 1u << 20, p.file_bytes = 100;
    if (str_eq(q->path, STR("/small"))) p.body_bytes = 100;
    if (str_eq(q->path, STR("/mine"))) p.body_bytes = 1u << 20, p.session = 17;
    p.no_right = str_eq(q->path, STR("/forbidden"));
    q->mind = q;
    return p;
}

static void show(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\0')
            buf_str(b, STR("\\0"));
        else
            buf_char(b, s.p[i]);
    }
}

static void show_pairs(struct buf *b, const char *kind, const struct http_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) {
        buf_fmt(b, "%s ", kind);
        show(b, pairs->p[i].name);
        buf_char(b, '=');
        show(b, pairs->p[i].value);
        buf_char(b, '\n');
    }
}

static void show_request(struct buf *b, const struct http_request *q)
{
    static const char *const METHODS[] = {"GET", "POST", "OTHER"};
    buf_fmt(b, "%s %.*s from %s\n", METHODS[q->method], STR_ARG(q->path), q->peer);
    show_pairs(b, "query", &q->query);
    show_pairs(b, "cookie", &q->cookies);
    show_pairs(b, "field", &q->fields);
    for (size_t i = 0; i < q->files.n; i++) {
        const struct http_file *f = &q->files.p[i];
        buf_fmt(b, "file %.*s '%.*s' size %zu kept %zu: ", STR_ARG(f->field), STR_ARG(f->filename), f->size,
                f->bytes.n);
        show(b, (struct str){(const char *)f->bytes.p, f->bytes.n < 20 ? f->bytes.n : 20});
        buf_char(b, '\n');
    }
    if (q->body_over) buf_str(b, STR("over\n"));
    if (q->body_unread) buf_str(b, STR("unread\n"));
    if (q->mind != q) buf_str(b, STR("what plan() had in mind is lost\n"));
}

static void wait_at_gate(struct harness *h)
{
    pthread_mutex_lock(&h->lock);
    while (!h->open)
        pthread_cond_wait(&h->changed, &h->lock);
    pthread_mutex_unlock(&h->lock);
}

static void count(struct harness *h, int *what)
{
    pthread_mutex_lock(&h->lock);
    ++*what;
    pthread_cond_broadcast(&h->changed);
    pthread_mutex_unlock(&h->lock);
}

static void note_page(struct harness *h, const char *memory)
{
    pthread_mutex_lock(&h->lock);
    h->pages_new += memory != h->page;
    h->page = memory;
    pthread_mutex_unlock(&h->lock);
}

static void let_go(void *harness)
{
    struct harness *h = harness;
    count(h, &h->released);
}

static void take_all_memory(struct harness *h, struct http_request *q)
{
    arena_defer(q->arena, let_go, h);
    for (;;)
        (void)arena_alloc(q->arena, 100000);
}

static void handle(void *arg, struct http_request *q, struct http_response *r)
{
    static const char CONSTANT[] = "constant";
    struct harness *h = arg;
    count(h, &h->entered);
    if (str_eq(q->path, STR("/gate"))) wait_at_gate(h);
    if (str_ends(q->path, STR("/greedy"))) take_all_memory(h, q);
    http_header(q, r, "Content-Type", STR("text/plain; charset=utf-8"));
    if (str_eq(q->path, STR("/constant"))) {
        r->constant = (struct bytes){(const uint8_t *)CONSTANT, sizeof CONSTANT - 1};
    } else if (str_eq(q->path, STR("/unchanged"))) {
        r->status = 304;
    } else if (str_eq(q->path, STR("/large"))) {
        buf_init(&r->body, LARGE_BYTES, LARGE_BYTES);
        while (r->body.n < LARGE_BYTES)
            buf_str(&r->body, STR("0123456789abcdef"));
    } else if (str_eq(q->path, STR("/big"))) {
        buf_init(&r->body, 10, 10);
        buf_str(&r->body, STR("more than ten bytes"));
    } else if (str_ends(q->path, STR("/page")) || str_eq(q->path, STR("/short"))) {
        http_page_begin(r, &r->body);
        note_page(h, r->body.p);
        while (r->body.n < (str_eq(q->path, STR("/short")) ? 100 : PAGE_BYTES))
            buf_char(&r->body, "page "[r->body.n % 5]);
        r->may_compress = true;
    } else if (!str_eq(q->path, STR("/empty"))) {
        buf_init(&r->body, 256, LIMIT_PAGE_BYTES);
        show_request(&r->body, q);
    }
    if (str_eq(q->path, STR("/split"))) http_header(q, r, "X-Split", STR("a\r\nSet-Cookie: b=c"));
    count(h, &h->handled);
}

static void busy(void *arg, struct http_request *q, struct http_response *r)
{
    struct harness *h = arg;
    r->status = 503;
    http_header(q, r, "Retry-After", STR("1"));
    count(h, &h->busy);
}

void harness_start(struct harness *h, int workers, int queue)
{
    h->proxy = NULL;
    harness_start_limited(h, workers, queue, (struct http_limits){0});
}

void harness_start_limited(struct harness *h, int workers, int queue, struct http_limits limits)
{
    const char *proxy = h->proxy;
    *h = (struct harness){.proxy = proxy};
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->changed, NULL);
    struct fault f = {0};
    struct http_options o = {.listen = STR("127.0.0.1:0"),
                             .threads = limits.connections ? 1 : 2, /* one loop knows which is the oldest */
                             .limits = limits,
                             .trust_proxy = str_from(h->proxy),
                             .workers = workers,
                             .queue = queue,
                             .session_cookies = {"sid", "pre"},
                             .plan = plan,
                             .handle = handle,
                             .busy = busy,
                             .arg = h};
    assert_int_equal(http_start(&o, &f, &h->server), ST_OK);
    h->port = http_port(h->server);
    assert_int_not_equal(h->port, 0);
}

void harness_await_bodies(struct harness *h, size_t least, size_t most)
{
    for (size_t held = most + 1; held < least || held > most; held = atomic_load(&h->server->bodies.held))
        sched_yield();
}

void harness_await_connections(struct harness *h, int n)
{
    while (atomic_load(&h->server->connections) != n)
        sched_yield();
}

void harness_stop(struct harness *h, int timeout_ms)
{
    http_stop(h->server, timeout_ms);
    pthread_cond_destroy(&h->changed);
    pthread_mutex_destroy(&h->lock);
}

void harness_await(struct harness *h, const int *what, int times)
{
    pthread_mutex_lock(&h->lock);
    while (*what < times)
        pthread_cond_wait(&h->changed, &h->lock);
    pthread_mutex_unlock(&h->lock);
}

void harness_open(struct harness *h)
{
    pthread_mutex_lock(&h->lock);
    h->open = true;
    pthread_cond_broadcast(&h->changed);
    pthread_mutex_unlock(&h->lock);
}

int harness_handled(struct harness *h)
{
    pthread_mutex_lock(&h->lock);
    int handled = h->handled;
    pthread_mutex_unlock(&h->lock);
    return handled;
}

void client_prepare(struct client *c)
{
    struct timeval patience = {.tv_sec = 30};
    *c = (struct client){.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), .in = malloc(ANSWER_MAX)};
    assert_non_null(c->in);
    setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

void client_connect(struct client *c, int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(connect(c->fd, (const struct sockaddr *)&address, sizeof address), 0);
}

void client_open(struct client *c, int port)
{
    client_prepare(c);
    client_connect(c, port);
}

void client_close(struct client *c)
{
    close(c->fd);
    free(c->in);
}

/* A server that closes while we send is the test's business: client_read sees it. */
void client_send(struct client *c, struct str text)
{
    while (text.n) {
        ssize_t n = send(c->fd, text.p, text.n, MSG_NOSIGNAL);
        if (n <= 0) return;
        text = str_sub(text, (size_t)n, text.n);
    }
}

static bool receive(struct client *c)
{
    assert_true(c->n < ANSWER_MAX);
    ssize_t n = recv(c->fd, c->in + c->n, ANSWER_MAX - c->n, 0);
    if (n < 0) assert_int_not_equal(errno, EAGAIN);
    if (n <= 0) return false;
    c->n += (size_t)n;
    return true;
}

static struct str take(struct client *c, struct arena *a, size_t n)
{
    struct str taken = arena_str(a, (struct str){c->in, n});
    memmove(c->in, c->in + n, c->n - n);
    c->n -= n;
    return taken;
}

struct str answer_header(const struct answer *r, const char *name)
{
    struct str line, rest = r->head, key, value;
    while (rest.n) {
        str_cut(rest, '\n', &line, &rest);
        if (str_cut(line, ':', &key, &value) && key.n == strlen(name) && strncasecmp(key.p, name, key.n) == 0)
            return str_trim(value);
    }
    return STR_NONE;
}

struct answer client_read(struct client *c, struct arena *a, bool head_only)
{
    size_t at;
    while (!str_find((struct str){c->in, c->n}, STR("\r\n\r\n"), &at))
        if (!receive(c)) return (struct answer){0};
    struct answer r = {.head = take(c, a, at + 4)};
    int64_t length = 0;
    assert_true(str_starts(r.head, STR("HTTP/1.")));
    r.status = (int)strtol(r.head.p + sizeof "HTTP/1.1 " - 1, NULL, 10);
    if (r.status == 304 || r.status == 100 || head_only) return r;
    assert_true(str_int(answer_header(&r, "Content-Length"), &length));
    while (c->n < (size_t)length)
        if (!receive(c)) return (struct answer){0};
    r.body = take(c, a, (size_t)length);
    return r;
}

size_t client_count(struct client *c, size_t most)
{
    size_t all = 0;
    for (c->n = 0; all < most && receive(c); c->n = 0)
        all += c->n;
    return all;
}

bool client_ended(struct client *c)
{
    do
        c->n = 0;
    while (receive(c));
    return true;
}

struct answer ask(struct harness *h, struct arena *a, struct str request)
{
    struct client c;
    client_open(&c, h->port);
    client_send(&c, request);
    struct answer r = client_read(&c, a, false);
    client_close(&c);
    return r;
}

struct str post(struct arena *a, const char *path, const char *type, struct str body)
{
    struct str head =
        arena_fmt(a, "POST %s HTTP/1.1\r\n" HEADER "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n", path,
                  type, body.n);
    char *p = arena_alloc(a, head.n + body.n + 1);
    memcpy(p, head.p, head.n);
    if (body.n) memcpy(p + head.n, body.p, body.n);
    return (struct str){p, head.n + body.n};
}
