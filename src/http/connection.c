#include "http/connection.h"

#include "base/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define KEPT_FREE                                                                                            \
    2048 /* bytes of a head under way that are not counted: what 16 000 connections may hold                 \
          */

static void enter(struct connection *c, enum phase phase)
{
    c->phase = phase;
    c->since_ms = c->moved_ms = c->loop->now_ms;
    c->moved = 0;
}

static void moved(struct connection *c, size_t n)
{
    c->moved += n;
    c->moved_ms = c->loop->now_ms;
}

/* What is kept for the slow is counted for all together. */
static void count(struct connection *c, size_t *held, size_t bytes)
{
    if (*held == bytes) return;
    atomic_fetch_add(&c->loop->server->kept, bytes);
    atomic_fetch_sub(&c->loop->server->kept, *held);
    *held = bytes;
}

static void let_go_of_input(struct connection *c)
{
    if (c->in) explicit_bzero(c->in, c->in_n);
    free(c->in);
    c->in = NULL;
    c->in_n = 0;
    count(c, &c->held_in, 0);
}

void connection_close(struct connection *c)
{
    if (c->phase == PHASE_OVER) return;
    bool working = c->phase == PHASE_WORK;
    c->phase = PHASE_OVER;
    close(c->fd);
    count(c, &c->held_out, 0);
    let_go_of_input(c);
    if (working) return; /* connection_worked ends it */
    if (c->x) exchange_end(c->x);
    c->x = NULL;
    loop_forget(c);
}

/* The bytes p[0..n) are not used yet: they wait for what comes behind them. Few of them everyone may leave
 * here, more only while all together leave room. */
static bool keep(struct connection *c, const char *p, size_t n)
{
    struct http_server *s = c->loop->server;
    if (n == 0) return true;
    if (n > KEPT_FREE && atomic_load(&s->kept) + n > s->limits.kept) return false;
    c->in = malloc(n);
    if (!c->in) return false;
    memcpy(c->in, p, n);
    c->in_n = n;
    if (n > KEPT_FREE) count(c, &c->held_in, n);
    return true;
}

/* Nothing more is sent; what the sender still sends is read away, so that the answer is not lost by a reset.
 */
static void half_close(struct connection *c)
{
    let_go_of_input(c);
    enter(c, PHASE_DRAIN);
    if (shutdown(c->fd, SHUT_WR) != 0) {
        connection_close(c);
        return;
    }
    loop_want(c, EPOLLIN);
}

static void answered(struct connection *c)
{
    bool last = c->x->close, unread = c->x->body_left > 0 || c->x->refused;
    exchange_end(c->x);
    c->x = NULL;
    count(c, &c->held_out, 0);
    if (last && unread) {
        half_close(c);
    } else if (last) {
        connection_close(c);
    } else {
        loop_used(c);
        enter(c, PHASE_IDLE);
        loop_want(c, EPOLLIN);
    }
}

/* The socket takes no more for now: what is kept for a slow reader is counted, and the slowest of all goes
 * when that is too much. */
static void wait_to_write(struct connection *c)
{
    struct http_server *s = c->loop->server;
    if (c->held_out == 0) count(c, &c->held_out, exchange_size(c->x));
    loop_want(c, EPOLLOUT);
    while (atomic_load(&s->kept) > s->limits.kept && loop_close_slowest(c->loop))
        continue;
}

static void write_on(struct connection *c)
{
    const struct http_response *r = &c->x->response;
    struct str head = c->x->answer_head;
    struct bytes body = r->constant.p ? r->constant : str_bytes(buf_text(&r->body));
    size_t all = head.n + (c->x->head_only ? 0 : body.n);
    while (c->sent < all) {
        size_t in_head = c->sent < head.n ? c->sent : head.n, in_body = c->sent - in_head;
        struct iovec parts[2] = {{(char *)(uintptr_t)head.p + in_head, head.n - in_head},
                                 {(uint8_t *)(uintptr_t)body.p + in_body, all - head.n - in_body}};
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = parts[1].iov_len ? 2 : 1};
        ssize_t n = sendmsg(c->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            wait_to_write(c);
            return;
        }
        if (n < 0) {
            connection_close(c);
            return;
        }
        c->sent += (size_t)n;
        moved(c, (size_t)n);
    }
    answered(c);
}

static void write_answer(struct connection *c)
{
    c->sent = 0;
    enter(c, PHASE_WRITE);
    write_on(c);
}

/* From the offer on the exchange is the worker's, who may be done before we return. */
static void give_to_worker(struct connection *c)
{
    enter(c, PHASE_WORK);
    loop_want(c, 0);
    const struct http_plan *plan = &c->x->plan;
    uint64_t owner = plan->lane == HTTP_LONG ? plan->session : 0;
    if (workers_offer(c->loop->server->workers[plan->lane], c->x, owner)) return;
    exchange_busy(c->x);
    write_answer(c);
}

static void ask_for_body(struct connection *c)
{
    static const char CONTINUE[] = "HTTP/1.1 100 Continue\r\n\r\n";
    if (!c->x->expect.n || c->x->lines.http_1_0) return;
    if (send(c->fd, CONTINUE, sizeof CONTINUE - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) connection_close(c);
}

static void go_on(struct connection *c, enum exchange_next next)
{
    switch (next) {
    case EXCHANGE_BODY:
        if (c->phase == PHASE_BODY) return;
        enter(c, PHASE_BODY);
        return;
    case EXCHANGE_WORK:
        give_to_worker(c);
        return;
    case EXCHANGE_ANSWER:
        write_answer(c);
        return;
    }
}

/* No memory for a request: what needs none. */
static void say_last_word(struct connection *c)
{
    (void)!send(c->fd, ANSWER_WITHOUT_MEMORY, sizeof ANSWER_WITHOUT_MEMORY - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    half_close(c);
}

static bool begin_exchange(struct connection *c)
{
    c->x = exchange_begin(c->loop->server, c);
    if (!c->x) {
        say_last_word(c);
        return false;
    }
    memcpy(c->x->request.peer, c->peer, sizeof c->peer);
    c->scan = (struct scan){0};
    return true;
}

void connection_refuse(struct connection *c, int status)
{
    if (!c->x && !begin_exchange(c)) return;
    c->x->refused = status; /* what may still come is not looked at */
    exchange_refuse(c->x, status);
    write_answer(c);
}

/* Looks at the head; returns the bytes it used. */
static size_t take_head(struct connection *c, const char *p, size_t n)
{
    if (c->phase == PHASE_IDLE) enter(c, PHASE_HEAD);
    long end = lines_scan(&c->scan, p, n);
    if (end < 0) connection_refuse(c, (int)-end);
    if (end <= 0 || !begin_exchange(c)) return 0;
    go_on(c, exchange_head(c->x, (struct str){p, (size_t)end}));
    return (size_t)end;
}

static size_t take_body(struct connection *c, const char *p, size_t n)
{
    size_t used = n < c->x->body_left ? n : c->x->body_left;
    go_on(c, exchange_body(c->x, p, used));
    return used;
}

/* p[0..n) came and lies in the loop's memory or in ours. Whatever can be done with it is done; the rest waits
 * for what comes next. */
static void take(struct connection *c, const char *p, size_t n)
{
    size_t at = 0;
    for (;;) {
        bool head = c->phase == PHASE_IDLE || c->phase == PHASE_HEAD;
        if (at == n || !(head || c->phase == PHASE_BODY)) break;
        size_t used = head ? take_head(c, p + at, n - at) : take_body(c, p + at, n - at);
        at += used;
        if (used == 0) break;
    }
    if (c->phase == PHASE_OVER || c->phase == PHASE_DRAIN) return;
    bool kept = keep(c, p + at, n - at);
    if (!kept && c->phase == PHASE_HEAD)
        connection_refuse(c, 503);
    else if (!kept)
        connection_close(c);
    if (c->phase == PHASE_BODY && c->moved == 0 && c->in_n == 0) ask_for_body(c);
}

/* What came earlier, now that the request before it is answered. */
static void take_kept(struct connection *c)
{
    if (c->phase != PHASE_IDLE || c->in_n == 0) return;
    size_t n = c->in_n;
    memcpy(c->loop->in, c->in, n);
    let_go_of_input(c);
    take(c, c->loop->in, n);
    explicit_bzero(c->loop->in, n);
}

/* Into the loop's memory, behind what is there. 0: nothing came, or the connection is over. */
static size_t receive(struct connection *c, size_t at, size_t room)
{
    ssize_t n;
    do
        n = recv(c->fd, c->loop->in + at, room, MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return 0;
    if (n <= 0) {
        connection_close(c);
        return 0;
    }
    moved(c, (size_t)n);
    return (size_t)n;
}

static void read_away(struct connection *c)
{
    size_t n = receive(c, 0, BODY_READ);
    explicit_bzero(c->loop->in, n);
    if (c->moved > LIMIT_BODY_DRAIN) connection_close(c);
}

/* A head that comes in pieces is put together in the loop's memory: its own holds no more than came. */
static void read_on(struct connection *c)
{
    struct loop *l = c->loop;
    size_t before = c->in_n, room = READ_SIZE;
    if (c->phase == PHASE_BODY) room = c->x->body_left < BODY_READ ? c->x->body_left : BODY_READ;
    size_t n = receive(c, before, room);
    if (n == 0) return;
    if (before) memcpy(l->in, c->in, before);
    let_go_of_input(c);
    take(c, l->in, before + n);
    explicit_bzero(l->in, before + n);
}

void connection_ready(struct connection *c, uint32_t events)
{
    switch (c->phase) {
    case PHASE_IDLE:
    case PHASE_HEAD:
    case PHASE_BODY:
        read_on(c);
        break;
    case PHASE_DRAIN:
        read_away(c);
        break;
    case PHASE_WRITE:
        if (events & (EPOLLERR | EPOLLHUP))
            connection_close(c);
        else
            write_on(c);
        break;
    case PHASE_WORK:
        connection_close(c); /* the sender is gone */
        break;
    case PHASE_OVER:
        break;
    }
    take_kept(c);
}

void connection_worked(struct connection *c)
{
    if (c->phase == PHASE_OVER) {
        exchange_end(c->x);
        c->x = NULL;
        loop_forget(c);
        return;
    }
    write_answer(c);
    take_kept(c);
}

/* It stands still for too long, or goes on too slowly to end. */
static bool too_slow(const struct connection *c, int64_t now_ms)
{
    const struct http_limits *l = &c->loop->server->limits;
    int64_t age_ms = now_ms - c->since_ms;
    if (now_ms - c->moved_ms > l->stall_ms) return true;
    return age_ms > l->grace_ms && (int64_t)c->moved * 1000 < age_ms * l->bytes_a_second;
}

void connection_look_at_time(struct connection *c, int64_t now_ms)
{
    const struct http_limits *l = &c->loop->server->limits;
    int64_t age_ms = now_ms - c->since_ms;
    switch (c->phase) {
    case PHASE_IDLE:
        if (age_ms > l->idle_ms) connection_close(c);
        break;
    case PHASE_HEAD:
        if (age_ms > l->head_ms) connection_refuse(c, 408);
        break;
    case PHASE_BODY:
        if (!too_slow(c, now_ms) && age_ms <= l->body_ms) break;
        form_drop(&c->x->form);
        connection_refuse(c, 408);
        break;
    case PHASE_WRITE:
        if (too_slow(c, now_ms)) connection_close(c);
        break;
    case PHASE_DRAIN:
        if (too_slow(c, now_ms) || age_ms > l->body_ms) connection_close(c);
        break;
    case PHASE_WORK:
    case PHASE_OVER:
        break;
    }
}
