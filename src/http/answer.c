#include "http/exchange.h"

#include "base/limits.h"
#include "base/log.h"
#include "http/compress.h"

#include <string.h>

#define COMPRESS_FROM 1024 /* bytes: below, it fits a packet as it is */

void http_page_begin(struct http_response *r, struct buf *ret)
{
    if (!r->spare.p) buf_init(&r->spare, PAGE_USUAL, LIMIT_PAGE_BYTES);
    *ret = r->spare;
    r->spare = (struct buf){0};
}

void page_end(struct http_response *r)
{
    if (r->spare.p || r->body.cap != PAGE_USUAL)
        buf_free(&r->body);
    else
        r->spare = (struct buf){.p = r->body.p, .cap = r->body.cap, .limit = LIMIT_PAGE_BYTES};
    r->body = (struct buf){0};
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F) return true;
    return false;
}

void http_header(struct http_request *q, struct http_response *r, const char *name, struct str value)
{
    if (has_control(value)) {
        log_line(LOG_ERROR, "header %s dropped: its value holds a control character", name);
        return;
    }
    *ARENA_PUSH(q->arena, &r->headers) =
        (struct http_pair){str_from(name), {arena_cstr(q->arena, value), value.n}};
}

void http_header_literal(struct http_request *q, struct http_response *r, const char *name, const char *value)
{
    *ARENA_PUSH(q->arena, &r->headers) = (struct http_pair){str_from(name), str_from(value)};
}

static struct str sentence(int status)
{
    switch (status) {
    case 413:
        return STR("413 提交的内容太大，没有保存。请减小文件后重新提交。\n");
    case 414:
        return STR("414 网址太长。请返回上一页，从页面上的链接进入。\n");
    case 500:
        return STR("500 系统出错，请稍后再试。\n");
    default:
        return STR("400 浏览器发来的请求不完整或有误。请返回上一页，刷新后重试。\n");
    }
}

void answer_refuse(struct exchange *x, int status)
{
    const struct http_options *o = &x->server->options;
    page_end(&x->response);
    x->close = true;
    x->response = (struct http_response){.status = status, .spare = x->response.spare};
    if (o->refused) {
        o->refused(o->arg, &x->request, &x->response, status);
        return;
    }
    x->response.constant = str_bytes(sentence(status));
    http_header(&x->request, &x->response, MHD_HTTP_HEADER_CONTENT_TYPE, STR("text/plain; charset=utf-8"));
}

static void compress(struct exchange *x)
{
    struct http_response *r = &x->response;
    if (!r->may_compress || r->body.n < COMPRESS_FROM) return;
    http_header(&x->request, r, MHD_HTTP_HEADER_VARY, STR("Accept-Encoding"));
    struct buf smaller;
    if (!http_accepts_gzip(&x->request) || !compress_gzip(&r->body, &smaller)) return;
    page_end(r);
    r->body = smaller;
    http_header(&x->request, r, MHD_HTTP_HEADER_CONTENT_ENCODING, STR("gzip"));
}

/* The body stays the exchange's, which ends after the library sent it. */
static struct MHD_Response *make_response(struct http_response *r)
{
    struct bytes body = r->constant.p ? r->constant : str_bytes(buf_text(&r->body));
    return MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result answer_send(struct exchange *x)
{
    struct http_response *r = &x->response;
    if (r->body.full) {
        log_line(LOG_ERROR, "page over its limit: %.*s", STR_ARG(x->request.path));
        answer_refuse(x, 500);
    }
    compress(x);
    struct MHD_Response *m = make_response(r);
    if (!m) return MHD_NO;
    for (size_t i = 0; i < r->headers.n; i++)
        MHD_add_response_header(m, r->headers.p[i].name.p, r->headers.p[i].value.p);
    if (x->close || atomic_load(&x->server->stopping))
        MHD_add_response_header(m, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result queued = MHD_queue_response(x->connection, (unsigned)r->status, m);
    MHD_destroy_response(m);
    return queued;
}
