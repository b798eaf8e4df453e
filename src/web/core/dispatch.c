#include "app/access/refused.h"
#include "app/access/refused_soon.h"
#include "app/access/sessions.h"
#include "app/core/settings.h"
#include "app/core/trail.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/network.h"
#include "base/random.h"
#include "http/origin.h"
#include "web/core/hello.h"
#include "web/core/metrics.h"
#include "web/core/midwork.h"
#include "web/core/route.h"
#include "web/core/warnings.h"

#include <stdio.h>
#include <string.h>

#define SESSION_COOKIE "hy"
#define LAST_PAGE      (512u << 10) /* bytes that the page about memory that is gone may take */
#define RETRY_AFTER_S  30           /* what holds too much is over by then, or refused itself */

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

const struct route *web_route_find(struct str path, enum http_method method, struct str args[2],
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

bool web_is_page(struct str path)
{
    struct str args[2];
    unsigned others;
    return web_route_find(path, HTTP_GET, args, &others) != NULL;
}

static unsigned who_is(const struct actor *a)
{
    static const unsigned WHO[] = {
        [SIDE_MEMBER] = WHO_MEMBER, [SIDE_COMPANY] = WHO_COMPANY, [SIDE_STAFF] = WHO_STAFF};
    if (!a->account.v) return 0;
    return a->main ? WHO[a->side] | WHO_MAIN_CLERK : WHO[a->side];
}

/* Where a login leads back to: a GET's own address; the page of a post that was kept. */
static enum status to_login(struct web *w)
{
    struct url login = URL("/login");
    struct str back = w->back.text;
    if (w->route && w->route->method == HTTP_GET) {
        back = w->q->path;
        if (w->q->raw_query.n)
            back = arena_fmt(w->q->arena, "%.*s?%.*s", STR_ARG(back), STR_ARG(w->q->raw_query));
    }
    return back.n ? web_redirect(w, url_query(w->q->arena, login, {"next", back})) : web_redirect(w, login);
}

/* Whether the password was typed lately enough for what must not be done at a desk that somebody left. */
static bool is_proved(const struct web *w)
{
    return w->c.now_ms - w->c.actor.proved_at <= w->c.settings->again_minutes * MINUTE_MS;
}

static enum status to_again(struct web *w)
{
    struct url back = {w->q->path};
    if (w->route->method == HTTP_POST)
        back = midwork_keep_own(w);
    else if (w->q->raw_query.n)
        back.text = arena_fmt(w->q->arena, "%.*s?%.*s", STR_ARG(w->q->path), STR_ARG(w->q->raw_query));
    return web_redirect(w, url_query(w->q->arena, URL("/again"), {"next", back.text}));
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

/* More than looking; one's own account, sessions and consents aside. */
static bool acts(const struct route *r)
{
    return r->full_numbers || (r->method == HTTP_POST && r->who != WHO_LOGGED_IN && !r->before_consent);
}

enum status web_may(const struct route *r, const struct actor *a)
{
    if (r->who & WHO_ALL) return ST_OK;
    if (!a->account.v) return ST_LOGIN;
    if (!(r->who & who_is(a)) || (a->view_only && acts(r))) return ST_FORBIDDEN;
    return a->side == SIDE_STAFF && r->roles && !(a->roles & r->roles) ? ST_FORBIDDEN : ST_OK;
}

/* In the order of the design: login 303, role 403, token 403; object and input are the use case's. The token
 * of a body that was too large is thrown away with it: 413 comes before it is missed. */
static enum status let_in(struct web *w)
{
    TRY(web_may(w->route, &w->c.actor));
    if (w->route->method == HTTP_GET) return ST_OK;
    bool ours = from_here(w);
    if (ours && w->q->body_over) return fail(&w->c.fault, ST_TOO_LARGE, "提交的内容太大，请缩小后再试");
    w->stale = ours && !web_csrf_good(w);
    if (!ours || w->stale) return fail(&w->c.fault, ST_FORBIDDEN, "页面停留太久，请返回上一页刷新后再试");
    return ST_OK;
}

/* What was typed waits until the rules are agreed to. */
static enum status to_consent(struct web *w)
{
    struct url back = {STR_NONE};
    if (w->q->method != HTTP_POST) {
        if (web_may(w->route, &w->c.actor) == ST_OK)
            back.text = w->q->raw_query.n ? arena_fmt(w->q->arena, "%.*s?%.*s", STR_ARG(w->q->path),
                                                      STR_ARG(w->q->raw_query))
                                          : w->q->path;
    } else {
        TRY(let_in(w));
        back = midwork_keep_own(w);
    }
    return web_redirect(w, url_query(w->q->arena, URL("/consent"), {"next", back.text}));
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

/* What is set is looked at first: where the database can't say, it is as it was last seen, and the use case
 * will tell. It reads anew, or nobody would say what failed. */
static void look_at_settings(struct web *w)
{
    if (app_read(&w->c) == ST_OK) return;
    app_read_end(&w->c);
    w->c.fault = (struct fault){0};
}

/* A form that its sender has not begun to fill in: before its body, or instead of it. */
static bool is_unbegun(struct web *w)
{
    const struct route *r = w->route;
    return r->has_begun && w->q->body_bytes > LIMIT_BODY_FORM && !r->has_begun(w);
}

static enum status find_session(struct web *w)
{
    w->session = web_cookie_value(w, SESSION_COOKIE);
    if (w->route->of_nobody) return ST_OK;
    look_at_settings(w);
    if (!w->session.n) return ST_OK;
    TRY(app_read(&w->c));
    return app_session_find(&w->c, w->session);
}

static enum status act(struct web *w)
{
    app_read_end(&w->c); /* what a use case writes it reads in its transaction */
    TRY(w->route->handle(w));
    midwork_done(w);
    return ST_OK;
}

static enum status show(struct web *w)
{
    TRY(midwork_find(w));
    TRY(hello_find(w));
    return w->route->handle(w);
}

static enum status serve(struct web *w)
{
    unsigned others;
    w->route = web_route_find(w->q->path, w->q->method, w->args, &others);
    if (!w->route) return others ? not_with_this_method(w, others) : ST_NOT_FOUND;
    TRY(find_session(w));
    if (w->c.actor.must_change && !w->route->keeps_working) return web_redirect(w, URL("/password"));
    if (w->c.actor.must_totp && !w->route->keeps_working && !w->route->sets_totp)
        return web_redirect(w, URL("/totp"));
    if (w->c.actor.must_consent && !w->route->keeps_working && !w->route->before_consent)
        return to_consent(w);
    if (w->q->body_unread && w->route->begins)
        return web_redirect(w, (struct url){str_from(w->route->begins)});
    enum status s = let_in(w);
    if (s == ST_FORBIDDEN && w->stale) return midwork_show_again(w);
    if (s == ST_LOGIN && w->q->method == HTTP_POST && !w->q->body_over && from_here(w)) midwork_keep(w);
    TRY(s);
    if (w->route->again && !is_proved(w)) return to_again(w);
    return w->route->method == HTTP_POST ? act(w) : show(w);
}

/* One line; nothing that was typed, no query string, no address. */
static void log_request(const struct web *w, enum status s)
{
    enum log_level level = s == ST_BROKEN || s == ST_UNAVAILABLE ? LOG_ERROR : LOG_INFO;
    const struct sought *a = &w->c.sought;
    log_line(level, "request=%s account=%ld from=%s route=%s %s status=%s sought=%ld/%ld/%ld %s",
             w->request_id, (long)w->c.actor.account.v, network_kind(w->address),
             w->q->method == HTTP_POST ? "POST" : "GET", w->route ? w->route->path : "-", status_name(s),
             (long)a->member.v, (long)a->company.v, (long)a->batch.v, w->c.fault.detail);
}

/* Who asks for what is not theirs, or too often, is in the trail. A short GET runs where others wait: it does
 * not wait for its row. */
static void note_refusal(const struct web *w, enum status s)
{
    struct ctx c = w->c;
    c.fault = (struct fault){0};
    struct str what =
        arena_fmt(c.arena, "%s %s", w->route->method == HTTP_POST ? "POST" : "GET", w->route->path);
    if (w->route->method != HTTP_POST && w->route->lane == HTTP_AT_ONCE)
        refusal_put(&c, s, what);
    else if (app_audit_refused(&c, s, what) != ST_OK)
        log_line(LOG_ERROR, "request=%s the refusal is not in the trail: %s", w->request_id, c.fault.detail);
    app_end(&c);
}

static void begin(struct web *w, const struct site *site, struct http_request *q, struct http_response *r)
{
    *w = (struct web){.q = q, .r = r, .site = site};
    random_hex(w->request_id, sizeof w->request_id - 1);
    ctx_init(&w->c, site->app, q->arena);
    w->address = w->c.address = str_from(q->address);
    w->c.device = q->user_agent;
    web_warn_of_proxy(w);
}

/* A post of who was logged in until lately is read: its text is kept, its files are not. */
static bool was_here(struct web *w, struct http_plan *plan)
{
    struct actor was;
    if (!w->session.n || w->q->method != HTTP_POST || app_session_ended(&w->c, w->session, &was) != ST_OK ||
        web_may(w->route, &was) != ST_OK)
        return false;
    memcpy(&plan->session, &was.csrf, sizeof plan->session);
    plan->file_bytes = 0;
    return true;
}

/* What of a body is wanted from who sends it. Where the database can't say, the use case will. */
static void judge_sender(struct web *w, struct http_plan *plan)
{
    if (find_session(w) != ST_OK) return;
    enum status may = web_may(w->route, &w->c.actor);
    if (may == ST_LOGIN && was_here(w, plan)) return;
    if (w->c.actor.account.v) memcpy(&plan->session, &w->c.actor.csrf, sizeof plan->session);
    plan->no_right = may != ST_OK || (w->c.actor.must_change && !w->route->keeps_working) || is_unbegun(w);
}

struct http_plan web_plan(void *site, struct http_request *q)
{
    struct web w;
    struct str args[2];
    unsigned others;
    const struct route *route = web_route_find(q->path, q->method, args, &others);
    if (!route) return (struct http_plan){.no_right = true};
    struct http_plan plan = {
        .lane = route->lane, .body_bytes = route->body_bytes, .file_bytes = route->file_bytes};
    if (q->method != HTTP_POST && plan.lane != HTTP_LONG) return plan;
    begin(&w, site, q, NULL);
    w.route = route;
    judge_sender(&w, &plan);
    app_end(&w.c);
    return plan;
}

struct serving {
    struct web *w;
    enum status status;
};

static void run(void *serving)
{
    struct serving *s = serving;
    s->status = serve(s->w);
}

/* Memory that is gone ends the request here: what it holds is released, and the page that says so gets some
 * of its own. */
static enum status serve_in_memory(struct web *w)
{
    struct serving s = {.w = w};
    struct arena *a = w->q->arena;
    if (memory_try(a, run, &s)) return s.status;
    arena_limit(a, arena_size(a) + LAST_PAGE);
    w->c.settings = NULL; /* perhaps let go with the rest */
    settings_hold(&w->c);
    w->r->headers = (struct http_pairs){0};
    buf_free(&w->r->body);
    fail_detail(&w->c.fault, ST_UNAVAILABLE, "out of memory");
    return fail(&w->c.fault, ST_UNAVAILABLE, "系统正忙，本次操作没有保存");
}

static enum status attempt(struct web *w)
{
    enum status s = serve_in_memory(w);
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

static void answer(struct web *w)
{
    const struct http_response untouched = *w->r;
    web_input_clean(w);
    enum status s = attempt(w);
    if (s != ST_OK && w->c.fault.again && !w->c.commits) s = once_more(w, untouched);
    if (s == ST_OK) {
        if (w->q->method == HTTP_POST) log_request(w, w->stale ? ST_FORBIDDEN : s);
        return;
    }
    if (w->route) note_refusal(w, s);
    if (s == ST_LOGIN) {
        (void)to_login(w);
        return;
    }
    log_request(w, s);
    web_error_page(w, s);
}

void web_handle(void *site, struct http_request *q, struct http_response *r)
{
    struct web w;
    struct metrics *metrics = ((const struct site *)site)->metrics;
    int64_t began_us = metrics ? clock_monotonic_us() : 0;
    begin(&w, site, q, r);
    answer(&w);
    if (metrics) metrics_note(metrics, w.route, r->status, clock_monotonic_us() - began_us);
}

void web_busy(void *site, struct http_request *q, struct http_response *r)
{
    struct web w;
    begin(&w, site, q, r);
    fail(&w.c.fault, ST_UNAVAILABLE, "系统正忙，本次操作没有执行，请过一会儿再试");
    fail_detail(&w.c.fault, ST_UNAVAILABLE, "no worker is free");
    log_request(&w, ST_UNAVAILABLE);
    web_error_page(&w, ST_UNAVAILABLE);
    metrics_note(w.site->metrics, NULL, r->status, 0);
}

void web_refused(void *site, struct http_request *q, struct http_response *r, int status)
{
    struct web w;
    enum status s = status == 413   ? ST_TOO_LARGE
                    : status == 429 ? ST_TOO_MANY
                    : status == 500 ? ST_BROKEN
                    : status == 503 ? ST_UNAVAILABLE
                                    : ST_BAD_INPUT;
    begin(&w, site, q, r);
    r->status = status;
    fail_detail(&w.c.fault, s, "refused with %d", status);
    w.c.fault.retry_after_s = RETRY_AFTER_S;
    log_request(&w, s);
    web_error_page(&w, s);
    metrics_note(w.site->metrics, NULL, r->status, 0);
}
