/* One connection and where it stands: between requests, in a head, in a body, at a worker, in an answer, or
 * reading away what is left of a body that nobody wants. All of it happens on its loop's thread; only the
 * exchange is lent to a worker. */
#ifndef HTTP_CONNECTION_H
#define HTTP_CONNECTION_H

#include "http/exchange.h"

#define READ_SIZE (16u << 10) /* bytes read at once, unless a body is known to have more */
#define BODY_READ (64u << 10)

enum phase {
    PHASE_IDLE, /* nothing of a request has come yet */
    PHASE_HEAD,
    PHASE_BODY,
    PHASE_WORK,  /* a worker has the exchange */
    PHASE_WRITE, /* the answer, or what the socket did not take of it yet */
    PHASE_DRAIN, /* the answer is out; what still comes is thrown away, so that the sender reads the answer */
    PHASE_OVER,  /* closed; gone with the next round of the loop, or when the worker is done */
};

struct connection {
    struct loop *loop;
    struct connection *older, *newer; /* of the loop, by their last whole request */
    struct connection *next;          /* among those that are over */
    int fd;
    uint32_t interest; /* what epoll tells us of */
    enum phase phase;
    int64_t since_ms, moved_ms; /* the phase began; something moved last */
    size_t moved;               /* bytes in this phase */
    char *in;                   /* what came and is not used yet */
    size_t in_n;
    struct scan scan;
    struct exchange *x;
    size_t sent;              /* of the answer, head and body */
    size_t held_in, held_out; /* bytes that are counted in server->kept */
    struct holder *from;      /* NULL: not counted, a proxy that is trusted */
    char peer[46];
};

/* Its event thread; all of them share the listening socket. */
struct loop {
    struct http_server *server;
    pthread_t thread;
    bool started;
    int epoll_fd, wake_fd;
    int spare_fd; /* given up for a moment to refuse a connection when files are out */
    bool listening;
    int64_t now_ms, swept_ms;
    struct connection *oldest, *newest, *over;
    int connections;
    pthread_mutex_t lock;
    struct exchange *done; /* workers have handled them */
    atomic_bool stop, deaf;
    char in[BODY_READ];
};

/* Something can be read or written, or is over. */
void connection_ready(struct connection *c, uint32_t events);
/* The worker is done with its exchange. */
void connection_worked(struct connection *c);
/* What is too slow goes: an answer where a request was begun. */
void connection_look_at_time(struct connection *c, int64_t now_ms);
/* An answer of that status to whatever may come, and the end. */
void connection_refuse(struct connection *c, int status);
void connection_close(struct connection *c);

/* What a connection asks of its loop (loop.c), on its thread. */
void loop_want(struct connection *c, uint32_t events);
void loop_used(struct connection *c);   /* it is the newest now */
void loop_forget(struct connection *c); /* closed: freed after this round */
/* Closes the slowest reader of an answer; false when there is none. */
bool loop_close_slowest(struct loop *l);

#endif
