#include "http/exchange.h"

#include "base/limits.h"
#include "http/forwarded.h"
#include "http/param.h"

#include <string.h>
#include <strings.h>

/* The headers that are kept, where, and whether a second one is refused. The others are lists: a second line
 * goes on with the first (RFC 9110, 5.3). */
static const struct kept {
    const char *name;
    size_t offset;
    bool once;
} KEPT[] = {
    {"Host", offsetof(struct exchange, request.host), true},
    {"Content-Length", offsetof(struct exchange, content_length), true},
    {"Content-Type", offsetof(struct exchange, content_type), true},
    {"Transfer-Encoding", offsetof(struct exchange, transfer_encoding), false},
    {"Connection", offsetof(struct exchange, connection_header), false},
    {"Expect", offsetof(struct exchange, expect), false},
    {"Origin", offsetof(struct exchange, request.origin), true},
    {"Sec-Fetch-Site", offsetof(struct exchange, request.sec_fetch_site), true},
    {"User-Agent", offsetof(struct exchange, request.user_agent), false},
    {"If-None-Match", offsetof(struct exchange, request.if_none_match), false},
    {"Accept-Encoding", offsetof(struct exchange, request.accept_encoding), false},
    {"X-Forwarded-For", offsetof(struct exchange, request.forwarded_for), false},
};

static void read_cookies(struct exchange *x, struct str header)
{
    struct str piece, name, value;
    while (header.n) {
        str_cut(header, ';', &piece, &header);
        if (!str_cut(str_trim(piece), '=', &name, &value)) continue;
        *ARENA_PUSH(x->arena, &x->request.cookies) = (struct http_pair){str_trim(name), str_trim(value)};
    }
}

static void keep(struct exchange *x, const struct kept *kept, struct str value)
{
    struct str *to = (struct str *)(void *)((char *)x + kept->offset);
    if (to->p && kept->once) x->malformed = true;
    *to = to->p ? arena_fmt(x->arena, "%.*s, %.*s", STR_ARG(*to), STR_ARG(value)) : value;
}

static void read_headers(struct exchange *x)
{
    for (size_t i = 0; i < x->lines.headers.n; i++) {
        struct http_pair h = x->lines.headers.p[i];
        if (param_is(h.name, "Cookie")) read_cookies(x, h.value);
        for (size_t k = 0; k < sizeof KEPT / sizeof KEPT[0]; k++) {
            if (!param_is(h.name, KEPT[k].name)) continue;
            keep(x, &KEPT[k], h.value);
            break;
        }
    }
}

static bool session_cookie_twice(const struct exchange *x)
{
    const char *const *names = x->server->options.session_cookies;
    const struct http_pairs *cookies = &x->request.cookies;
    for (size_t k = 0; k < 2 && names[k]; k++) {
        int times = 0;
        for (size_t i = 0; i < cookies->n; i++)
            times += str_eq(cookies->p[i].name, str_from(names[k]));
        if (times > 1) return true;
    }
    return false;
}

static enum http_method method_of(struct str method)
{
    if (str_eq(method, STR("GET")) || str_eq(method, STR("HEAD"))) return HTTP_GET;
    return str_eq(method, STR("POST")) ? HTTP_POST : HTTP_OTHER;
}

static int read_target(struct exchange *x)
{
    struct http_request *q = &x->request;
    if (x->lines.target.n > LIMIT_URL_BYTES) return 414;
    struct str path;
    str_cut(x->lines.target, '?', &path, &q->raw_query);
    if (!url_decode_path(x->arena, path, &q->path)) return 400;
    char *query = arena_cstr(x->arena, q->raw_query);
    return url_pairs(x->arena, query, q->raw_query.n, &q->query) == PARSED ? 0 : 400;
}

/* The body's length as a header says it, 0 without one. */
static bool read_length(const struct exchange *x, int64_t *ret)
{
    *ret = 0;
    return !x->content_length.p || (str_int(x->content_length, ret) && *ret >= 0);
}

/* What a connection is to do after the answer: HTTP/1.0 knows no other way than to end. */
static bool ends_connection(const struct exchange *x)
{
    struct str word, rest = x->connection_header;
    while (rest.n) {
        str_cut(rest, ',', &word, &rest);
        if (param_is(str_trim(word), "close")) return true;
    }
    return x->lines.http_1_0;
}

int head_read(struct exchange *x)
{
    struct http_request *q = &x->request;
    const struct http_options *o = &x->server->options;
    q->method = method_of(x->lines.method);
    x->head_only = str_eq(x->lines.method, STR("HEAD"));
    read_headers(x);
    forwarded_client(str_from(q->peer), o->trust_proxy, q->forwarded_for, q->address);
    x->close = ends_connection(x);
    int refused = read_target(x);
    if (refused) return refused;
    int64_t length;
    bool host_missing = !q->host.p && !x->lines.http_1_0;
    if (x->malformed || host_missing || session_cookie_twice(x) || !read_length(x, &length)) return 400;
    if (x->transfer_encoding.p) return x->content_length.p ? 400 : 411;
    if (q->method == HTTP_GET && length > 0) return 400;
    if (length > LIMIT_BODY_DRAIN) return 413;
    q->body_bytes = x->body_left = (size_t)length;
    x->plan = o->plan(o->arg, q);
    form_begin(&x->form, x->arena, &x->plan, x->content_type, (size_t)length);
    return 0;
}
