/* One request on its way through this floor: made when its first line is there, gone once the answer is sent.
 * It is on one thread at a time: the event thread of its connection, or, while that is suspended, a worker.
 */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/form.h"
#include "http/workers.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#define PAGE_USUAL (32u << 10) /* bytes: room that a page begins with, and most of them end in */

enum stage {
    STAGE_HEAD,   /* the header lines are not looked at yet */
    STAGE_BODY,   /* the body is being read */
    STAGE_ANSWER, /* the next call of the library sends the answer */
};

struct exchange {
    struct http_server *server;
    struct MHD_Connection *connection;
    struct arena *arena;
    enum stage stage;
    struct str target; /* of the first line, as it came; none when longer than LIMIT_URL_BYTES */
    struct str content_type, content_length, transfer_encoding;
    bool malformed; /* a header that should stand once stood twice, or held a control character */
    bool close;     /* the connection ends with this answer */
    struct http_request request;
    struct http_plan plan;
    struct form form;
    struct http_response response;
    struct exchange *next; /* among the spare ones */
};

struct http_server {
    struct http_options options;
    struct MHD_Daemon *daemon;
    struct workers *workers;
    int listen_fd;
    atomic_bool stopping; /* answers close their connections */
    atomic_bool late;     /* what still waits for a worker is answered by busy() */
    pthread_mutex_t lock;
    pthread_cond_t quiet; /* nothing is open any more */
    struct exchange *spare;
    int spares, open;
    uint64_t begun;
};

struct exchange *exchange_begin(struct http_server *s, struct MHD_Connection *connection, const char *target);
/* What the library calls: once with the header, then for every piece of the body, then with no data. */
enum MHD_Result exchange_go_on(struct exchange *x, const char *method, const char *data, size_t *size);
/* The worker's part. */
void exchange_work(void *exchange);
void exchange_end(struct exchange *x);
void exchange_free_spares(struct http_server *s);

/* head.c: the first line and the header become x->request. Returns 0, or the status of a refusal. */
int head_read(struct exchange *x, const char *method);
/* answer.c */
void answer_refuse(struct exchange *x, int status); /* a sentence, and the connection closes */
enum MHD_Result answer_send(struct exchange *x);
/* The body was sent, or is not wanted: what was a page is the next one's memory, anything else is freed. */
void page_end(struct http_response *r);

#endif
