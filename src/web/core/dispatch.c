#include "app/access/sessions.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/random.h"
#include "http/origin.h"
#include "web/core/route.h"

#include <stdio.h>
#include <string.h>

#define SESSION_COOKIE "hy"

const struct route *web_route(size_t i)
{
    for (size_t f = 0; f < web_features_n; f++) {
        if (i < web_features[f]->n_routes) return &web_features[f]->routes[i];
        i -= web_features[f]->n_routes;
    }
    return NULL;
}

/* Does the path fit the pattern? What stands for {…} goes to args. */
static bool fits(const char *pattern, struct str path, struct str args[2])
{
    struct str want = str_from(pattern), want_part, got_part;
    int n = 0;
    for (;;) {
        bool more = str_cut(want, '/', &want_part, &want);
        bool got_more = str_cut(path, '/', &got_part, &path);
        if (want_part.n && want_part.p[0] == '{') {
            size_t end = want_part.n;
            while (want_part.p[end - 1] != '}')
                end--;
            struct str tail = str_sub(want_part, end, want_part.n); /* {id}.pdf */
            if (got_part.n <= tail.n || !str_ends(got_part, tail)) return false;
            args[n++] = str_sub(got_part, 0, got_part.n - tail.n);
        } else if (!str_eq(want_part, got_part)) {
            return false;
        }
        if (more != got_more) return false;
        if (!more) return true;
    }
}

/* One of those that are written out, or of those with {…}. NULL: none with this method; with others, whose
 * bits (1 << enum http_method) are in ret_others. */
static const struct route *find_among(bool written_out, struct str path, enum http_method method,
                                      struct str args[2], unsigned *ret_others)
{
    const struct route *r;
    for (size_t i = 0; (r = web_route(i)) != NULL; i++) {
        /* Most of them differ in the second letter: cheaper to see than to cut both into parts. */
        if (path.n > 1 && r->path[1] != '{' && r->path[1] != path.p[1]) continue;
        if (!strchr(r->path, '{') != written_out || !fits(r->path, path, args)) continue;
        if (r->method == method) return r;
        *ret_others |= 1u << r->method;
    }
    return NULL;
}

/* An address that is written out in the table is never an {id} of another. */
static const struct route *find(struct str path, enum http_method method, struct str args[2],
                                unsigned *ret_others)
{
    *ret_others = 0;
    const struct route *r = find_among(true, path, method, args, ret_others);
    return r || *ret_others ? r : find_among(false, path, method, args, ret_others);
}

const char *web_routes_fault(void)
{
    static char text[160];
    const struct route *r;
    for (size_t i = 0; (r = web_route(i)) != NULL; i++) {
        const char *wrong = !r->who                                    ? "nobody may use it"
                            : !r->handle                               ? "it has no handler"
                            : r->method == HTTP_POST && !r->body_bytes ? "it takes no body"
                            : (r->who & WHO_STAFF) && r->who != WHO_LOGGED_IN && !r->roles
                                ? "no role of staff is named"
                                : NULL;
        if (!wrong) continue;
        snprintf(text, sizeof text, "route %s: %s", r->path, wrong);
        return text;
    }
    return NULL;
}

struct http_plan web_plan(void *site, struct http_request *q)
{
    (void)site;
    struct str args[2];
    unsigned others;
    const struct route *route = find(q->path, q->method, args, &others);
    if (!route) return (struct http_plan){0};
    return (struct http_plan){
        .slow = route->slow, .body_bytes = route->body_bytes, .file_bytes = route->file_bytes};
}

static unsigned who_is(const struct actor *a)
{
    static const unsigned WHO[] = {
        [SIDE_MEMBER] = WHO_MEMBER, [SIDE_COMPANY] = WHO_COMPANY, [SIDE_STAFF] = WHO_STAFF};
    return a->account.v ? WHO[a->side] : 0;
}

/* Where a login leads back to: a GET's own address, a POST's nowhere. */
static enum status to_login(struct web *w)
{
    struct url login = URL("/login");
    if (w->route->method != HTTP_GET) return web_redirect(w, login);
    struct str here = w->q->path;
    if (w->q->raw_query.n)
        here = arena_fmt(w->q->arena, "%.*s?%.*s", STR_ARG(here), STR_ARG(w->q->raw_query));
    return web_redirect(w, url_query(w->q->arena, login, {"next", here}));
}

/* Addresses that a browser says a request comes from must be ours; browsers that say nothing have the token.
 */
static bool from_here(const struct web *w)
{
    struct str site = w->q->sec_fetch_site, origin = w->q->origin;
    if (site.n && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none"))) return false;
    if (!origin.n) return true;
    struct str theirs, ours = w->site->url;
    if (!origin_normal(w->q->arena, origin, &theirs)) return false;
    if (!w->site->url_given && !origin_of_host(w->q->arena, origin_scheme(theirs), w->q->host, &ours))
        return false;
    return str_eq(theirs, ours);
}

/* In the order of the design: login 303, role 403, token 403; object and input are the use case's. The token
 * of a body that was too large is thrown away with it: 413 comes before it is missed. */
static enum status let_in(struct web *w)
{
    const struct route *r = w->route;
    const struct actor *a = &w->c.actor;
    if (!(r->who & WHO_ALL)) {
        if (!a->account.v) return ST_LOGIN;
        if (!(r->who & who_is(a))) return ST_FORBIDDEN;
        if (a->side == SIDE_STAFF && r->roles && !(a->roles & r->roles)) return ST_FORBIDDEN;
    }
    if (r->method == HTTP_GET) return ST_OK;
    bool ours = from_here(w);
    if (ours && w->q->body_over) return fail(&w->c.fault, ST_TOO_LARGE, "提交的内容太大，请缩小后再试");
    if (!ours || !web_csrf_good(w))
        return fail(&w->c.fault, ST_FORBIDDEN, "页面停留太久，请返回上一页刷新后再试");
    return ST_OK;
}

static enum status not_with_this_method(struct web *w, unsigned others)
{
    static const char *const ALLOW[] = {[1 << HTTP_GET] = "GET, HEAD",
                                        [1 << HTTP_POST] = "POST",
                                        [1 << HTTP_GET | 1 << HTTP_POST] = "GET, HEAD, POST"};
    w->r->status = 405;
    http_header(w->q, w->r, "Allow", str_from(ALLOW[others]));
    return ST_NOT_FOUND;
}

static enum status serve(struct web *w)
{
    unsigned others;
    w->route = find(w->q->path, w->q->method, w->args, &others);
    if (!w->route) return others ? not_with_this_method(w, others) : ST_NOT_FOUND;
    w->session = web_cookie_value(w, SESSION_COOKIE);
    if (w->session.n) {
        TRY(app_read(&w->c));
        TRY(app_session_find(&w->c, w->session));
    }
    if (w->c.actor.must_change && !w->route->keeps_working) return web_redirect(w, URL("/password"));
    TRY(let_in(w));
    if (w->route->method == HTTP_POST)
        app_read_end(&w->c); /* what a use case writes it reads in its transaction */
    return w->route->handle(w);
}

static struct str address_of(const struct web *w)
{
    struct str peer = str_from(w->q->peer);
    if (!w->site->trust_proxy.n || !str_eq(peer, w->site->trust_proxy)) return peer;
    /* The proxy appends the address that it saw: the last one is its word, the others anyone's. */
    struct str rest = w->q->forwarded_for, last = peer, part;
    while (rest.n) {
        str_cut(rest, ',', &part, &rest);
        if (str_trim(part).n) last = str_trim(part);
    }
    return last;
}

/* One line for what went wrong; nothing that was typed, no query string. */
static void log_fault(const struct web *w, enum status s)
{
    enum log_level level = s == ST_BROKEN || s == ST_UNAVAILABLE ? LOG_ERROR : LOG_INFO;
    log_line(level, "request=%s account=%ld route=%s %s status=%s %s", w->request_id,
             (long)w->c.actor.account.v, w->q->method == HTTP_POST ? "POST" : "GET",
             w->route ? w->route->path : "-", status_name(s), w->c.fault.detail);
}

static void begin(struct web *w, const struct site *site, struct http_request *q, struct http_response *r)
{
    *w = (struct web){.q = q, .r = r, .site = site};
    random_hex(w->request_id, sizeof w->request_id - 1);
    ctx_init(&w->c, site->app, q->arena);
    w->address = address_of(w);
}

static enum status attempt(struct web *w)
{
    enum status s = serve(w);
    app_end(&w->c);
    if (s != ST_OK) buf_free(&w->html.buf);
    return s;
}

/* The database chose this one to end a circle of those who wait for each other: everything is done anew,
 * once. Not when a part of it is durable already. */
static enum status once_more(struct web *w, struct http_response untouched)
{
    const struct web first = *w;
    log_line(LOG_INFO, "request=%s again: %s", first.request_id, first.c.fault.detail);
    buf_free(&w->r->body);
    untouched.spare = w->r->spare; /* perhaps it is used up */
    *w->r = untouched;
    begin(w, first.site, first.q, first.r);
    memcpy(w->request_id, first.request_id, sizeof w->request_id);
    return attempt(w);
}

void web_handle(void *site, struct http_request *q, struct http_response *r)
{
    struct web w;
    const struct http_response untouched = *r;
    begin(&w, site, q, r);
    enum status s = attempt(&w);
    if (s != ST_OK && w.c.fault.again && !w.c.commits) s = once_more(&w, untouched);
    if (s == ST_OK) return;
    if (s == ST_LOGIN) {
        (void)to_login(&w);
        return;
    }
    log_fault(&w, s);
    web_error_page(&w, s);
}

void web_busy(void *site, struct http_request *q, struct http_response *r)
{
    struct web w;
    begin(&w, site, q, r);
    fail(&w.c.fault, ST_UNAVAILABLE, "系统正忙，本次操作没有执行，请过一会儿再试");
    fail_detail(&w.c.fault, ST_UNAVAILABLE, "no worker is free");
    log_fault(&w, ST_UNAVAILABLE);
    web_error_page(&w, ST_UNAVAILABLE);
}

void web_refused(void *site, struct http_request *q, struct http_response *r, int status)
{
    struct web w;
    enum status s = status == 413 ? ST_TOO_LARGE : status == 500 ? ST_BROKEN : ST_BAD_INPUT;
    begin(&w, site, q, r);
    r->status = status;
    log_fault(&w, s);
    web_error_page(&w, s);
}
