/* One request on its way through this floor: made when its head is whole, gone once the answer is sent. It is
 * on one thread at a time: the loop's of its connection, or, while it works, a worker's. Memory that is gone
 * on the way makes it a 503. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/budget.h"
#include "http/form.h"
#include "http/lines.h"
#include "http/workers.h"

#include <pthread.h>
#include <stdatomic.h>

#define PAGE_USUAL (32u << 10) /* bytes: room that a page begins with, and most of them end in */

/* What is said where no memory is left for anything. */
#define ANSWER_WITHOUT_MEMORY                                                                                \
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 30\r\n"     \
    "Connection: close\r\n\r\n503 系统正忙，本次操作没有保存。请过一会儿再试。\n"

#define SMALL_HEAD 320 /* bytes of an answer's own header lines */

struct connection;
struct loop;

struct exchange {
    struct http_server *server;
    struct connection *connection;
    struct arena *arena;
    struct str head_text; /* the head as it came */
    struct lines lines;
    struct str content_type, content_length, transfer_encoding, connection_header, expect;
    bool malformed; /* a header that should stand once stood twice, or held a control character */
    bool close;     /* the connection ends with this answer */
    bool head_only; /* HEAD: the body is not sent */
    int refused;    /* status, while the head is read */
    size_t body_left;
    struct http_request request;
    struct http_plan plan;
    struct form form;
    struct debt debt; /* what it holds of the budget of bodies */
    struct http_response response;
    struct str answer_head; /* status line and headers, as they are sent */
    char small[SMALL_HEAD]; /* for it, when there is no memory */
    bool sentence;          /* the answer is a plain one, and of this floor */
    struct exchange *next;  /* among the spare ones, or those that a worker is done with */
};

struct http_server {
    struct http_options options;
    struct http_limits limits;
    struct workers *workers[HTTP_LANES]; /* those that no lane has of its own are HTTP_WORK's */
    struct tally *tally;
    struct loop *loops;
    int n_loops, listen_fd;
    atomic_int connections;
    struct budget bodies; /* what those under way hold */
    atomic_size_t kept;   /* bytes of heads whose senders, and of answers whose readers are slow */
    atomic_bool stopping; /* answers close their connections */
    atomic_bool late;     /* what still waits for a worker is answered by busy() */
    pthread_mutex_t lock;
    pthread_cond_t quiet; /* nothing is open any more */
    struct exchange *spare;
    int spares, open;
    uint64_t begun;
};

/* What comes next for it. */
enum exchange_next { EXCHANGE_BODY, EXCHANGE_WORK, EXCHANGE_ANSWER };

struct exchange *exchange_begin(struct http_server *s, struct connection *c); /* NULL without memory */
enum exchange_next exchange_head(struct exchange *x, struct str head);        /* request.peer is set */
/* At most body_left bytes of it. */
enum exchange_next exchange_body(struct exchange *x, const char *p, size_t n);
/* It can't go on: an answer of that status, and the connection closes. */
void exchange_refuse(struct exchange *x, int status);
void exchange_busy(struct exchange *x);   /* no worker takes it */
void exchange_work(struct exchange *x);   /* the worker's part */
void exchange_end(struct exchange *x);    /* wipes what it held */
size_t exchange_size(struct exchange *x); /* bytes that it holds, answer included */
void exchange_free_spares(struct http_server *s);

/* head.c: x->lines become x->request. Returns 0, or the status of a refusal. */
int head_read(struct exchange *x);
/* answer.c. Neither needs memory in the end. */
void answer_refuse(struct exchange *x, int status);
void answer_make(struct exchange *x);
/* The body was sent, or is not wanted: what was a page is the next one's memory, anything else is freed. */
void page_end(struct http_response *r);

#endif
