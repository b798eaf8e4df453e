#include "http/exchange.h"

#include "base/day.h"
#include "base/limits.h"
#include "base/log.h"
#include "http/compress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define COMPRESS_FROM 1024 /* bytes: below, it fits a packet as it is */

void http_page_begin(struct http_response *r, struct buf *ret)
{
    if (!r->spare.p) buf_init(&r->spare, PAGE_USUAL, LIMIT_PAGE_BYTES);
    *ret = r->spare;
    r->spare = (struct buf){0};
}

void page_end(struct http_response *r)
{
    if (r->spare.p || r->body.cap != PAGE_USUAL) {
        buf_free(&r->body);
    } else {
        buf_clear(&r->body);
        r->spare = (struct buf){.p = r->body.p, .cap = r->body.cap, .limit = LIMIT_PAGE_BYTES};
    }
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
    case 408:
        return STR("408 内容没有在规定时间内传完，没有保存。请检查网络后重新提交。\n");
    case 411:
        return STR("411 浏览器没有说明提交内容的长度。请换一个浏览器再试。\n");
    case 413:
        return STR("413 提交的内容太大，没有保存。请减小文件后重新提交。\n");
    case 414:
        return STR("414 网址太长。请返回上一页，从页面上的链接进入。\n");
    case 429:
        return STR("429 您的网络同时提交的内容太多，没有保存。请过一会儿再试。\n");
    case 431:
        return STR("431 浏览器发来的请求头太长。请清除本网站的 Cookie 后再试。\n");
    case 500:
        return STR("500 系统出错，请稍后再试。\n");
    case 503:
        return STR("503 系统正忙，本次操作没有保存。请过一会儿再试。\n");
    case 505:
        return STR("505 浏览器使用的协议版本不受支持。请换一个浏览器再试。\n");
    default:
        return STR("400 浏览器发来的请求不完整或有误。请返回上一页，刷新后重试。\n");
    }
}

static const char *reason(int status)
{
    static const struct {
        int status;
        const char *words;
    } REASONS[] = {
        {200, "OK"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {408, "Request Timeout"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++)
        if (REASONS[i].status == status) return REASONS[i].words;
    return "Other";
}

/* What needs no memory. */
static void say_sentence(struct exchange *x, int status)
{
    x->sentence = true;
    x->response = (struct http_response){
        .status = status, .spare = x->response.spare, .constant = str_bytes(sentence(status))};
}

static void ask_program(void *exchange)
{
    struct exchange *x = exchange;
    const struct http_options *o = &x->server->options;
    o->refused(o->arg, &x->request, &x->response, x->response.status);
}

void answer_refuse(struct exchange *x, int status)
{
    page_end(&x->response);
    x->close = true;
    x->refused = status;
    say_sentence(x, status);
    if (!x->server->options.refused) return;
    x->response.constant = (struct bytes){0};
    x->sentence = false;
    if (memory_try(x->arena, ask_program, x)) return;
    page_end(&x->response);
    say_sentence(x, status);
}

static void compress(struct exchange *x)
{
    struct http_response *r = &x->response;
    if (!r->may_compress || r->body.n < COMPRESS_FROM) return;
    http_header(&x->request, r, "Vary", STR("Accept-Encoding"));
    struct buf smaller;
    if (!http_accepts_gzip(&x->request) || !compress_gzip(&r->body, &smaller)) return;
    page_end(r);
    r->body = smaller;
    http_header(&x->request, r, "Content-Encoding", STR("gzip"));
}

static size_t body_size(const struct http_response *r)
{
    return r->constant.p ? r->constant.n : r->body.n;
}

static char *put(char *to, struct str s)
{
    memcpy(to, s.p, s.n);
    return to + s.n;
}

/* Of this second. */
static const char *date_now(void)
{
    static _Thread_local int64_t second;
    static _Thread_local char text[40];
    time_t now = (time_t)(clock_now_ms() / 1000);
    if (now != second) {
        struct tm utc;
        gmtime_r(&now, &utc);
        strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
        second = now;
    }
    return text;
}

/* What a plain sentence is, and what every refusal for now says. */
static const char *of_sentence(const struct exchange *x)
{
    if (!x->sentence) return "";
    bool later = x->response.status == 429 || x->response.status == 503;
    return later ? "Content-Type: text/plain; charset=utf-8\r\nRetry-After: 30\r\n"
                 : "Content-Type: text/plain; charset=utf-8\r\n";
}

/* 304 has no body, and says nothing of one. */
static size_t begin_head(const struct exchange *x, char *to, size_t size)
{
    const struct http_response *r = &x->response;
    char length[48] = "";
    if (r->status != 304) snprintf(length, sizeof length, "Content-Length: %zu\r\n", body_size(r));
    return (size_t)snprintf(to, size, "HTTP/1.1 %d %s\r\nDate: %s\r\n%s%s%s", r->status, reason(r->status),
                            date_now(), length, x->close ? "Connection: close\r\n" : "", of_sentence(x));
}

static void write_head(void *exchange)
{
    struct exchange *x = exchange;
    compress(x);
    const struct http_pairs *headers = &x->response.headers;
    char first[SMALL_HEAD];
    size_t n = begin_head(x, first, sizeof first), all = n + 2;
    for (size_t i = 0; i < headers->n; i++)
        all += headers->p[i].name.n + headers->p[i].value.n + 4;
    char *p = arena_alloc(x->arena, all), *to = put(p, (struct str){first, n});
    for (size_t i = 0; i < headers->n; i++) {
        to = put(put(to, headers->p[i].name), STR(": "));
        to = put(put(to, headers->p[i].value), STR("\r\n"));
    }
    put(to, STR("\r\n"));
    x->answer_head = (struct str){p, all};
}

static void write_small_head(struct exchange *x)
{
    x->close = true;
    page_end(&x->response);
    say_sentence(x, 503);
    size_t n = begin_head(x, x->small, sizeof x->small - 2);
    memcpy(x->small + n, "\r\n", 2);
    x->answer_head = (struct str){x->small, n + 2};
}

void answer_make(struct exchange *x)
{
    if (x->response.body.full) {
        log_line(LOG_ERROR, "page over its limit: %.*s", STR_ARG(x->request.path));
        answer_refuse(x, 500);
    }
    if (atomic_load(&x->server->stopping)) x->close = true;
    if (!memory_try(x->arena, write_head, x)) write_small_head(x);
}
