#include "http/exchange.h"

#include "base/limits.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define SPARES_MAX 64           /* each keeps the first block of its arena and the memory of a page */
#define LAST_PAGE  (512u << 10) /* bytes that an error page may take beyond the limit */

static struct exchange *take_spare(struct http_server *s)
{
    pthread_mutex_lock(&s->lock);
    struct exchange *x = s->spare;
    if (x) {
        s->spare = x->next;
        s->spares--;
    }
    pthread_mutex_unlock(&s->lock);
    return x;
}

static void new_arena(void *arena)
{
    *(struct arena **)arena = arena_new();
}

static struct exchange *new_exchange(void)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    if (memory_try(NULL, new_arena, &x->arena)) return x;
    free(x);
    return NULL;
}

struct exchange *exchange_begin(struct http_server *s, struct connection *c)
{
    struct exchange *x = take_spare(s);
    if (!x) x = new_exchange();
    if (!x) return NULL;
    *x = (struct exchange){.server = s,
                           .connection = c,
                           .arena = x->arena,
                           .request = {.arena = x->arena},
                           .response = {.status = 200, .spare = x->response.spare}};
    arena_limit(x->arena, LIMIT_REQUEST_BYTES);
    pthread_mutex_lock(&s->lock);
    s->open++;
    s->begun++;
    pthread_mutex_unlock(&s->lock);
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
    size_t took = arena_size(x->arena);
    page_end(&x->response);
    arena_reset(x->arena);
    if (took > LIMIT_KEPT_ARENA) malloc_trim(0);
    budget_pay(&s->bodies, &x->debt);
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

size_t exchange_size(struct exchange *x)
{
    return arena_size(x->arena) + x->response.body.cap + form_size(&x->form);
}

void exchange_refuse(struct exchange *x, int status)
{
    answer_refuse(x, status);
    answer_make(x);
}

/* Runs a part of the request; when its memory is gone, the answer is 503. */
static bool attempt(struct exchange *x, void (*part)(void *exchange))
{
    if (memory_try(x->arena, part, x)) return true;
    arena_limit(x->arena, arena_size(x->arena) + LAST_PAGE);
    exchange_refuse(x, 503);
    return false;
}

static void handle(void *exchange)
{
    struct exchange *x = exchange;
    const struct http_options *o = &x->server->options;
    if (atomic_load(&x->server->late))
        o->busy(o->arg, &x->request, &x->response);
    else
        o->handle(o->arg, &x->request, &x->response);
}

static void be_busy(void *exchange)
{
    struct exchange *x = exchange;
    const struct http_options *o = &x->server->options;
    o->busy(o->arg, &x->request, &x->response);
}

void exchange_work(struct exchange *x)
{
    if (attempt(x, handle)) answer_make(x);
}

void exchange_busy(struct exchange *x)
{
    if (attempt(x, be_busy)) answer_make(x);
}

static void end_form(void *exchange)
{
    struct exchange *x = exchange;
    x->refused = form_end(&x->form, &x->request) == PARSED_BAD ? 400 : 0;
}

static enum exchange_next whole_request(struct exchange *x)
{
    if (!attempt(x, end_form)) return EXCHANGE_ANSWER;
    if (x->refused) {
        exchange_refuse(x, x->refused);
        return EXCHANGE_ANSWER;
    }
    if (x->request.method == HTTP_POST && x->plan.lane == HTTP_AT_ONCE) x->plan.lane = HTTP_WORK;
    if (x->plan.lane != HTTP_AT_ONCE) return EXCHANGE_WORK;
    exchange_work(x);
    return EXCHANGE_ANSWER;
}

static void read_head(void *exchange)
{
    struct exchange *x = exchange;
    struct str head = {arena_cstr(x->arena, x->head_text), x->head_text.n};
    x->refused = lines_read(x->arena, head, &x->lines);
    if (!x->refused) x->refused = head_read(x);
}

enum exchange_next exchange_head(struct exchange *x, struct str head)
{
    x->head_text = head;
    if (!attempt(x, read_head)) return EXCHANGE_ANSWER;
    if (x->refused) {
        exchange_refuse(x, x->refused);
        return EXCHANGE_ANSWER;
    }
    if (x->body_left == 0) return whole_request(x);
    x->request.body_unread = x->close = x->plan.no_right;
    if (x->plan.no_right)
        exchange_work(x);
    else if (budget_open(&x->server->bodies, &x->debt, x->request.address, x->plan.session))
        return EXCHANGE_BODY;
    else
        exchange_refuse(x, 503);
    return EXCHANGE_ANSWER;
}

struct piece {
    struct exchange *x;
    const char *p;
    size_t n;
};

static void take_piece(void *piece)
{
    struct piece *b = piece;
    form_take(&b->x->form, b->p, b->n);
}

enum exchange_next exchange_body(struct exchange *x, const char *p, size_t n)
{
    struct piece piece = {x, p, n};
    x->body_left -= n;
    if (!memory_try(x->arena, take_piece, &piece)) {
        arena_limit(x->arena, arena_size(x->arena) + LAST_PAGE);
        exchange_refuse(x, 503);
        return EXCHANGE_ANSWER;
    }
    if (x->body_left == 0) return whole_request(x);
    int status = budget_grow(&x->server->bodies, &x->debt, exchange_size(x));
    if (status == 0) return EXCHANGE_BODY;
    form_drop(&x->form);
    exchange_refuse(x, status);
    return EXCHANGE_ANSWER;
}
