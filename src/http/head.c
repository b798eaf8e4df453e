#include "http/exchange.h"

#include "base/limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

/* The headers that are kept, where, and whether a second one is refused. Of the others the last counts: it is
 * the one that the nearest proxy wrote. */
static const struct kept {
    struct str name;
    size_t offset;
    bool once;
} KEPT[] = {
    {STR_INIT("Host"), offsetof(struct exchange, request.host), true},
    {STR_INIT("Content-Length"), offsetof(struct exchange, content_length), true},
    {STR_INIT("Content-Type"), offsetof(struct exchange, content_type), true},
    {STR_INIT("Transfer-Encoding"), offsetof(struct exchange, transfer_encoding), true},
    {STR_INIT("Origin"), offsetof(struct exchange, request.origin), true},
    {STR_INIT("Sec-Fetch-Site"), offsetof(struct exchange, request.sec_fetch_site), true},
    {STR_INIT("User-Agent"), offsetof(struct exchange, request.user_agent), false},
    {STR_INIT("If-None-Match"), offsetof(struct exchange, request.if_none_match), false},
    {STR_INIT("Accept-Encoding"), offsetof(struct exchange, request.accept_encoding), false},
    {STR_INIT("X-Forwarded-For"), offsetof(struct exchange, request.forwarded_for), false},
};

static bool same_name(struct str a, const char *b, size_t n)
{
    return a.n == n && strncasecmp(a.p, b, n) == 0;
}

static bool plain_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7F) return false;
    return true;
}

/* A blank before the colon is the old way to smuggle a header past one of two servers. */
static bool is_token(const char *name, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)name[i] <= 0x20 || (unsigned char)name[i] >= 0x7F) return false;
    return n > 0;
}

static void read_cookies(struct exchange *x, struct str header)
{
    struct str piece, name, value;
    while (header.n) {
        str_cut(header, ';', &piece, &header);
        if (!str_cut(str_trim(piece), '=', &name, &value)) continue;
        *ARENA_PUSH(x->arena, &x->request.cookies) = (struct http_pair){str_trim(name), str_trim(value)};
    }
}

/* The texts stay in the connection's memory, which lives as long as the request. */
static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                 const char *text, size_t text_n)
{
    (void)kind;
    struct exchange *x = cls;
    struct str value = {text ? text : "", text ? text_n : 0};
    if (!is_token(name, name_n) || !plain_text(value)) x->malformed = true;
    if (same_name(STR("Cookie"), name, name_n)) read_cookies(x, value);
    for (size_t i = 0; i < sizeof KEPT / sizeof KEPT[0]; i++) {
        if (!same_name(KEPT[i].name, name, name_n)) continue;
        struct str *to = (struct str *)(void *)((char *)x + KEPT[i].offset);
        if (to->p && KEPT[i].once) x->malformed = true;
        *to = value;
        break;
    }
    return MHD_YES;
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

static enum http_method method_of(const char *method)
{
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0) return HTTP_GET;
    return strcmp(method, "POST") == 0 ? HTTP_POST : HTTP_OTHER;
}

static void read_peer(struct exchange *x)
{
    char *peer = x->request.peer;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)info->client_addr;
        inet_ntop(AF_INET, &v4->sin_addr, peer, sizeof x->request.peer);
    } else if (info && info->client_addr->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)info->client_addr;
        if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
            inet_ntop(AF_INET, &v6->sin6_addr.s6_addr[12], peer, sizeof x->request.peer);
        else
            inet_ntop(AF_INET6, &v6->sin6_addr, peer, sizeof x->request.peer);
    } else {
        memcpy(peer, "unix", sizeof "unix");
    }
}

static int read_target(struct exchange *x)
{
    struct http_request *q = &x->request;
    if (!x->target.p) return 414;
    struct str path;
    str_cut(x->target, '?', &path, &q->raw_query);
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

int head_read(struct exchange *x, const char *method)
{
    struct http_request *q = &x->request;
    q->method = method_of(method);
    q->arena = x->arena;
    read_peer(x);
    MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, on_header, x);
    int refused = read_target(x);
    if (refused) return refused;
    int64_t length;
    if (x->malformed || x->transfer_encoding.p || session_cookie_twice(x) || !read_length(x, &length))
        return 400;
    if (q->method == HTTP_GET && length > 0) return 400;
    if (length > LIMIT_BODY_DRAIN) return 413;
    x->plan = x->server->options.plan(x->server->options.arg, q);
    form_begin(&x->form, x->arena, &x->plan, x->content_type, (size_t)length);
    return 0;
}
