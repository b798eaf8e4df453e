/* A server on a free port of the loopback that shows each request as text, and a raw client that speaks to
 * it. */
#ifndef TESTS_HTTP_HARNESS_H
#define TESTS_HTTP_HARNESS_H

#include "http/http.h"

#include <pthread.h>

/* Requests, by path:
 *   /form…   a body of 1 MiB, of a file 100 bytes are kept
 *   /small   a body of 100 bytes
 *   /slow…   GET on a worker
 *   /gate    on a worker, which waits until harness_open
 *   /mine    as /form, of the session 17
 *   /forbidden  the sender has no right: answered before the body
 *   /greedy, /slow/greedy  takes all the memory that a request may have
 *   /large   more than a socket takes at once
 *   /big     a page over its limit; /constant; /empty; /unchanged (304); /split (a header with a line break)
 * any other: no body expected. */
struct harness {
    struct http_server *server;
    int port;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool open;
    int entered, handled, busy, released; /* under the lock */
    const char *proxy;                    /* set before harness_start_limited */
    const char *page;                     /* memory of the last /page or /short */
    int pages_new;                        /* that lay in other memory than the one before */
};

void harness_start(struct harness *h, int workers, int queue);
void harness_start_limited(struct harness *h, int workers, int queue, struct http_limits limits);
void harness_await_bodies(struct harness *h, size_t least, size_t most); /* until so much is held of bodies */
void harness_await_connections(struct harness *h, int n);
void harness_stop(struct harness *h, int timeout_ms);
void harness_await(struct harness *h, const int *what, int times); /* one of the counts */
void harness_open(struct harness *h);
int harness_handled(struct harness *h);

#define ANSWER_MAX (4u << 20)

struct client {
    int fd;
    char *in; /* ANSWER_MAX bytes: what came and was not read as an answer yet */
    size_t n;
};
struct answer {
    int status; /* 0: the connection ended instead */
    struct str head, body;
};

void client_open(struct client *c, int port);
/* The same in two steps: only the first needs a file. */
void client_prepare(struct client *c);
void client_connect(struct client *c, int port);
void client_close(struct client *c);
void client_send(struct client *c, struct str text);
/* The next answer, in the arena. `head_only`: to HEAD. */
struct answer client_read(struct client *c, struct arena *a, bool head_only);
/* Reads on until so many bytes came or the server closed: how many came. */
size_t client_count(struct client *c, size_t most);
/* True once the server closed; the test fails if it does not. What still comes is thrown away. */
bool client_ended(struct client *c);
/* One request on a connection of its own. */
struct answer ask(struct harness *h, struct arena *a, struct str request);
struct str answer_header(const struct answer *r, const char *name);
/* A request of a form with the right Content-Length. */
struct str post(struct arena *a, const char *path, const char *type, struct str body);

#define LARGE_BYTES (7u << 20)
#define PAGE_BYTES  5000 /* of /page, which may be compressed; /short is too short for it */
#define HEADER      "Host: test\r\n"
#define GET(path)   STR("GET " path " HTTP/1.1\r\n" HEADER "\r\n")

#endif
