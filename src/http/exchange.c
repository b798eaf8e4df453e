#include "http/exchange.h"

#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPARES_MAX 64 /* each keeps the first block of its arena and the memory of a page */

static struct exchange *take_spare(struct http_server *s)
{
    pthread_mutex_lock(&s->lock);
    s->open++;
    s->begun++;
    struct exchange *x = s->spare;
    if (x) {
        s->spare = x->next;
        s->spares--;
    }
    pthread_mutex_unlock(&s->lock);
    return x;
}

static struct exchange *new_exchange(void)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (!x) {
        fputs("huiyuan: out of memory\n", stderr);
        abort();
    }
    x->arena = arena_new();
    return x;
}

struct exchange *exchange_begin(struct http_server *s, struct MHD_Connection *connection, const char *target)
{
    struct exchange *x = take_spare(s);
    if (!x) x = new_exchange();
    *x = (struct exchange){.server = s,
                           .connection = connection,
                           .arena = x->arena,
                           .response = {.status = 200, .spare = x->response.spare}};
    struct str text = str_from(target ? target : "");
    if (text.n <= LIMIT_URL_BYTES) x->target = arena_str(x->arena, text);
    return x;
}

static void free_exchange(struct exchange *x)
{
    buf_free(&x->response.spare);
    arena_free(x->arena);
    free(x);
}

void exchange_end(struct exchange *x)
{
    struct http_server *s = x->server;
    page_end(&x->response);
    arena_reset(x->arena);
    pthread_mutex_lock(&s->lock);
    bool keep = s->spares < SPARES_MAX;
    if (keep) {
        x->next = s->spare;
        s->spare = x;
        s->spares++;
    }
    if (--s->open == 0) pthread_cond_signal(&s->quiet);
    pthread_mutex_unlock(&s->lock);
    if (!keep) free_exchange(x);
}

void exchange_free_spares(struct http_server *s)
{
    while (s->spare) {
        struct exchange *x = s->spare;
        s->spare = x->next;
        free_exchange(x);
    }
}

void exchange_work(void *exchange)
{
    struct exchange *x = exchange;
    const struct http_options *o = &x->server->options;
    if (atomic_load(&x->server->late))
        o->busy(o->arg, &x->request, &x->response);
    else
        o->handle(o->arg, &x->request, &x->response);
    MHD_resume_connection(x->connection);
}

/* Suspends first: from the offer on the exchange is the worker's, who may be done before we return. The
 * library calls again when the connection was resumed. */
static enum MHD_Result hand_to_worker(struct exchange *x)
{
    const struct http_options *o = &x->server->options;
    MHD_suspend_connection(x->connection);
    if (!workers_offer(x->server->workers, x)) {
        o->busy(o->arg, &x->request, &x->response);
        MHD_resume_connection(x->connection);
    }
    return MHD_YES;
}

static enum MHD_Result whole_request(struct exchange *x)
{
    const struct http_options *o = &x->server->options;
    x->stage = STAGE_ANSWER;
    if (form_end(&x->form, &x->request) == PARSED_BAD) {
        answer_refuse(x, 400);
        return answer_send(x);
    }
    if (x->plan.slow || x->request.method == HTTP_POST) return hand_to_worker(x);
    o->handle(o->arg, &x->request, &x->response);
    return answer_send(x);
}

static enum MHD_Result begin_request(struct exchange *x, const char *method)
{
    int refused = head_read(x, method);
    x->stage = refused ? STAGE_ANSWER : STAGE_BODY;
    if (!refused) return MHD_YES;
    answer_refuse(x, refused);
    return answer_send(x);
}

enum MHD_Result exchange_go_on(struct exchange *x, const char *method, const char *data, size_t *size)
{
    switch (x->stage) {
    case STAGE_HEAD:
        return begin_request(x, method);
    case STAGE_BODY:
        if (*size == 0) return whole_request(x);
        form_take(&x->form, data, *size);
        *size = 0;
        return MHD_YES;
    case STAGE_ANSWER:
        return answer_send(x);
    }
    return MHD_NO;
}
