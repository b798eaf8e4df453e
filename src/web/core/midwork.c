#include "web/core/midwork.h"

#include "app/access/gate.h"
#include "app/access/kept.h"
#include "app/access/sessions.h"
#include "base/log.h"
#include "web/core/refill.h"
#include "web/core/route.h"

#define KEPT_COOKIE "hy_kept" /* set by post_login */

static void say(const struct web *w, enum status s)
{
    log_line(LOG_ERROR, "request=%s route=%s a kept form: %s %s", w->request_id, w->route->path,
             status_name(s), w->c.fault.detail);
}

/* The page on which a post's form stands: at its own address, or at the nearest above it. NULL: none. */
static const struct route *page_of_post(const struct web *w, const struct actor *a, struct str *ret_path,
                                        struct str args[2])
{
    struct str path = w->q->path;
    while (path.n > 1) {
        unsigned others;
        const struct route *r = web_route_find(path, HTTP_GET, args, &others);
        if (r && r->lane == HTTP_AT_ONCE && web_may(r, a) == ST_OK) {
            *ret_path = path;
            return r;
        }
        while (path.n > 1 && path.p[path.n - 1] != '/')
            path.n--;
        path.n--;
    }
    return NULL;
}

/* Never kept: what is secret, and what belongs to one showing of a page. */
static bool is_kept_field(struct str name)
{
    static const char *const NOT[] = {"csrf",    "once",     "captcha",       "work",
                                      "current", "password", "password_again"};
    for (size_t i = 0; i < COUNT(NOT); i++)
        if (str_eq(name, str_from(NOT[i]))) return false;
    return true;
}

/* The list that was acted on is shown as it was. */
static struct url with_filters(struct web *w, struct str path)
{
    static const char *const NAMES[] = {"status", "q", "size", "after", "before", "sort"};
    struct url_pair pairs[COUNT(NAMES)];
    for (size_t i = 0; i < COUNT(NAMES); i++)
        pairs[i] = (struct url_pair){NAMES[i], web_field(w, NAMES[i])};
    return url_query_pairs(w->q->arena, (struct url){path}, pairs, COUNT(NAMES));
}

/* For an account that may post it. */
static enum status keep_for(struct web *w, const struct actor *a)
{
    struct str page, args[2];
    bool kept;
    app_read_end(&w->c);
    if (!page_of_post(w, a, &page, args)) return ST_NOT_FOUND;
    struct kept_form form = {.action = w->q->path, .page = page, .files = w->q->files.n > 0};
    for (size_t i = 0; i < w->q->fields.n; i++)
        if (is_kept_field(w->q->fields.p[i].name))
            *ARENA_PUSH(w->q->arena, &form.fields) =
                (struct kept_field){w->q->fields.p[i].name, w->q->fields.p[i].value};
    w->back = with_filters(w, page);
    return form.fields.n ? app_kept_put(&w->c, a->account, &form, &kept) : ST_OK;
}

static enum status keep(struct web *w)
{
    struct actor was;
    TRY(app_session_ended(&w->c, w->session, &was));
    return web_may(w->route, &was) == ST_OK ? keep_for(w, &was) : ST_NOT_FOUND;
}

void midwork_keep(struct web *w)
{
    if (!w->session.n || !gate_csrf_good(&w->c, w->session, web_field(w, "csrf"))) return;
    enum status s = keep(w);
    if (s != ST_OK && s != ST_NOT_FOUND) say(w, s);
}

struct url midwork_keep_own(struct web *w)
{
    enum status s = keep_for(w, &w->c.actor);
    if (s != ST_OK && s != ST_NOT_FOUND) say(w, s);
    return w->back.text.n ? w->back : URL("/");
}

enum status midwork_find(struct web *w)
{
    struct kept_form form;
    if (!w->c.actor.account.v || !web_cookie_value(w, KEPT_COOKIE).n) return ST_OK;
    enum status s = app_kept_find(&w->c, w->session, w->q->path, &form);
    if (s) return s == ST_NOT_FOUND ? ST_OK : s;
    struct http_pairs *fields = ARENA_NEW(w->q->arena, struct http_pairs);
    for (size_t i = 0; i < form.fields.n; i++)
        *ARENA_PUSH(w->q->arena, fields) = (struct http_pair){form.fields.p[i].name, form.fields.p[i].value};
    struct refill *r = ARENA_NEW(w->q->arena, struct refill);
    *r = (struct refill){.action = form.action, .fields = fields};
    r->notice = form.files ? STR("刚才填写的内容已填回，文件请重新选择，核对后再提交。")
                           : STR("刚才填写的内容已填回，请核对后再提交。");
    w->refill = r;
    return ST_OK;
}

void midwork_done(struct web *w)
{
    if (w->r->status != 303 || !w->session.n || !web_cookie_value(w, KEPT_COOKIE).n) return;
    enum status s = app_kept_done(&w->c, w->session, w->q->path);
    if (s) say(w, s); /* what was asked for is done all the same */
}

/* The GET in the place of the post, which is there again afterwards. False: it made no page. */
static bool show(struct web *w, const struct route *get, struct str page, const struct refill *r)
{
    const struct http_request post = *w->q;
    const struct route *route = w->route;
    size_t headers = w->r->headers.n;
    w->refill = r;
    w->refill_status = 403;
    w->route = get;
    w->q->method = HTTP_GET;
    w->q->path = page;
    w->q->query = post.fields;
    bool shown = get->handle(w) == ST_OK && w->r->status == 403;
    w->refill = NULL;
    w->route = route;
    w->q->method = post.method;
    w->q->path = post.path;
    w->q->query = post.query;
    if (shown) return true;
    buf_free(&w->r->body);
    w->r->headers.n = headers;
    w->r->status = 200;
    return false;
}

enum status midwork_show_again(struct web *w)
{
    struct str page;
    struct refill r = {.action = w->q->path, .fields = &w->q->fields, .number = str_from(w->request_id)};
    const struct route *get = page_of_post(w, &w->c.actor, &page, w->args);
    r.notice = w->q->files.n ? STR("页面停留太久，内容已保留，文件请重新选择，再点一次提交。")
                             : STR("页面停留太久，内容已保留，请再点一次提交。");
    if (get && show(w, get, page, &r)) return ST_OK;
    return fail(&w->c.fault, ST_FORBIDDEN, "页面停留太久，请返回上一页刷新后再试");
}
