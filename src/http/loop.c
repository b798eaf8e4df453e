#include "http/loop.h"

#include "base/day.h"
#include "base/log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS     256
#define ACCEPT_MAX 16  /* in a row: those that are connected wait */
#define SWEEP_MS   500 /* how exact deadlines are, and how long accepting pauses when files are out */

static void watch(struct loop *l, int op, int fd, void *what, uint32_t events)
{
    struct epoll_event e = {.events = events, .data.ptr = what};
    if (epoll_ctl(l->epoll_fd, op, fd, &e) != 0 && op != EPOLL_CTL_DEL)
        log_line(LOG_ERROR, "epoll: %s", strerror(errno));
}

void loop_want(struct connection *c, uint32_t events)
{
    if (c->phase == PHASE_OVER || c->interest == events) return;
    c->interest = events;
    watch(c->loop, EPOLL_CTL_MOD, c->fd, c, events);
}

static void unlink_it(struct connection *c)
{
    struct loop *l = c->loop;
    *(c->older ? &c->older->newer : &l->oldest) = c->newer;
    *(c->newer ? &c->newer->older : &l->newest) = c->older;
}

static void link_newest(struct connection *c)
{
    struct loop *l = c->loop;
    c->older = l->newest;
    c->newer = NULL;
    *(l->newest ? &l->newest->newer : &l->oldest) = c;
    l->newest = c;
}

void loop_used(struct connection *c)
{
    if (!c->newer) return;
    unlink_it(c);
    link_newest(c);
}

void loop_forget(struct connection *c)
{
    struct loop *l = c->loop;
    struct tally *tally = l->server->tally;
    unlink_it(c);
    l->connections--;
    atomic_fetch_sub(&l->server->connections, 1);
    if (c->from) {
        tally_disconnect(tally, c->from);
        tally_leave(tally, c->from);
    }
    c->next = l->over;
    l->over = c;
}

static void free_over(struct loop *l)
{
    while (l->over) {
        struct connection *c = l->over;
        l->over = c->next;
        free(c);
    }
}

/* Waits for its sender, who has no request with us: it may go when room is needed. */
static bool can_go(const struct connection *c)
{
    return c->phase == PHASE_IDLE || c->phase == PHASE_HEAD || c->phase == PHASE_DRAIN;
}

/* The one that has not asked for longest, of that address or of all. */
static bool make_room(struct loop *l, const struct holder *of)
{
    for (struct connection *c = l->oldest; c; c = c->newer) {
        if (!can_go(c) || (of && c->from != of)) continue;
        connection_close(c);
        return true;
    }
    return false;
}

bool loop_close_slowest(struct loop *l)
{
    struct connection *slowest = NULL;
    for (struct connection *c = l->oldest; c; c = c->newer)
        if (c->phase == PHASE_WRITE && c->held_out && (!slowest || c->since_ms < slowest->since_ms))
            slowest = c;
    if (slowest) connection_close(slowest);
    return slowest != NULL;
}

static void name_peer(const struct sockaddr_storage *address, char ret[46])
{
    if (address->ss_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, ret, 46);
    } else if (address->ss_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)address)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(v6))
            inet_ntop(AF_INET, &v6->s6_addr[12], ret, 46);
        else
            inet_ntop(AF_INET6, v6, ret, 46);
    } else {
        memcpy(ret, "unix", sizeof "unix");
    }
}

/* A proxy that is trusted speaks for many; a socket file has no addresses. */
static bool counts(const struct loop *l, const char *peer)
{
    char trusted[ADDRESS_SIZE];
    if (strcmp(peer, "unix") == 0) return false;
    return !forwarded_address(l->server->options.trust_proxy, trusted) || strcmp(peer, trusted) != 0;
}

/* 0, or why there is no room for it: its address has too many, or all together are. */
static int find_room(struct loop *l, struct connection *c)
{
    struct http_server *s = l->server;
    if (counts(l, c->peer)) {
        c->from = tally_address(s->tally, c->peer);
        const struct http_options *o = &s->options;
        int most = o->connections_address ? o->connections_address(o->arg) : s->limits.connections_address;
        if (!c->from) return 503;
        bool fits = tally_connect(s->tally, c->from, most) ||
                    (make_room(l, c->from) && tally_connect(s->tally, c->from, most));
        if (!fits) {
            tally_leave(s->tally, c->from);
            c->from = NULL;
            return 429;
        }
    }
    return atomic_load(&s->connections) < s->limits.connections || make_room(l, NULL) ? 0 : 503;
}

static void add_connection(struct loop *l, int fd, const struct sockaddr_storage *address)
{
    struct connection *c = calloc(1, sizeof *c);
    if (!c) {
        (void)!send(fd, ANSWER_WITHOUT_MEMORY, sizeof ANSWER_WITHOUT_MEMORY - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        close(fd);
        return;
    }
    *c = (struct connection){.loop = l, .fd = fd, .interest = EPOLLIN};
    name_peer(address, c->peer);
    int refused = find_room(l, c);
    c->since_ms = c->moved_ms = l->now_ms;
    link_newest(c);
    l->connections++;
    atomic_fetch_add(&l->server->connections, 1);
    watch(l, EPOLL_CTL_ADD, fd, c, EPOLLIN);
    if (refused) connection_refuse(c, refused);
}

static void listen_on(struct loop *l, bool on)
{
    if (l->listening == on) return;
    l->listening = on;
    watch(l, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, l->server->listen_fd, NULL, EPOLLIN | EPOLLEXCLUSIVE);
}

/* No file for one more: the oldest that only waits gives its own; else the newcomer is sent away, which takes
 * the file that was kept for this, and accepting rests for a moment. */
static void files_are_out(struct loop *l)
{
    if (make_room(l, NULL)) return;
    if (l->spare_fd >= 0) {
        close(l->spare_fd);
        int fd = accept4(l->server->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) close(fd);
        l->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    log_line(LOG_WARN, "no file left for another connection");
    listen_on(l, false);
}

/* False when nobody waits any more, or no file is left: then errno says so. */
static bool accept_one(struct loop *l)
{
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    int fd = accept4(l->server->listen_fd, (struct sockaddr *)&address, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return errno == EINTR || errno == ECONNABORTED;
    add_connection(l, fd, &address);
    return true;
}

/* Somebody waits, says epoll; how many more the kernel tells only while there are files. */
static void accept_some(struct loop *l)
{
    int n = 0;
    while (n < ACCEPT_MAX && accept_one(l))
        n++;
    if (n == 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
        files_are_out(l);
}

static void send_what_is_done(struct loop *l)
{
    uint64_t times;
    if (read(l->wake_fd, &times, sizeof times) < 0) times = 0;
    pthread_mutex_lock(&l->lock);
    struct exchange *x = l->done;
    l->done = NULL;
    pthread_mutex_unlock(&l->lock);
    while (x) {
        struct exchange *next = x->next;
        connection_worked(x->connection);
        x = next;
    }
}

static void wake(struct loop *l)
{
    uint64_t once = 1;
    while (write(l->wake_fd, &once, sizeof once) < 0 && errno == EINTR)
        continue;
}

void loop_done(struct exchange *x)
{
    struct loop *l = x->connection->loop;
    pthread_mutex_lock(&l->lock);
    bool first = !l->done;
    x->next = l->done;
    l->done = x;
    if (first) wake(l);
    pthread_mutex_unlock(&l->lock);
}

static void sweep(struct loop *l)
{
    if (l->now_ms - l->swept_ms < SWEEP_MS) return;
    l->swept_ms = l->now_ms;
    for (struct connection *c = l->oldest, *next; c; c = next) {
        next = c->newer;
        connection_look_at_time(c, l->now_ms);
    }
    if (!atomic_load(&l->deaf)) listen_on(l, true);
}

static void go_deaf(struct loop *l)
{
    while (accept_one(l))
        continue;
    listen_on(l, false);
    atomic_store(&l->deaf, true);
}

static void *run(void *loop)
{
    struct loop *l = loop;
    struct epoll_event events[EVENTS];
    while (!atomic_load(&l->stop)) {
        int n = epoll_wait(l->epoll_fd, events, EVENTS, l->connections || !l->listening ? SWEEP_MS : -1);
        l->now_ms = clock_monotonic_ms();
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr == NULL)
                accept_some(l);
            else if (events[i].data.ptr == l)
                send_what_is_done(l);
            else
                connection_ready(events[i].data.ptr, events[i].events);
        }
        sweep(l);
        free_over(l);
        if (atomic_load(&l->server->stopping) && !atomic_load(&l->deaf)) go_deaf(l);
    }
    while (l->oldest)
        connection_close(l->oldest);
    free_over(l);
    return NULL;
}

bool loop_start(struct loop *l, struct http_server *s)
{
    l->server = s;
    l->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    l->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    l->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    pthread_mutex_init(&l->lock, NULL);
    if (l->epoll_fd < 0 || l->wake_fd < 0) return false;
    watch(l, EPOLL_CTL_ADD, l->wake_fd, l, EPOLLIN);
    l->now_ms = l->swept_ms = clock_monotonic_ms();
    listen_on(l, true);
    l->started = pthread_create(&l->thread, NULL, run, l) == 0;
    return l->started;
}

void loop_quiesce(struct loop *l)
{
    wake(l);
    while (l->started && !atomic_load(&l->deaf))
        usleep(1000);
}

void loop_stop(struct loop *l)
{
    atomic_store(&l->stop, true);
    if (l->started) {
        wake(l);
        pthread_join(l->thread, NULL);
    }
    if (l->epoll_fd >= 0) close(l->epoll_fd);
    if (l->wake_fd >= 0) close(l->wake_fd);
    if (l->spare_fd >= 0) close(l->spare_fd);
    pthread_mutex_destroy(&l->lock);
}
