#include "base/limits.h"
#include "gen/views.h"
#include "web/core/frame.h"
#include "web/core/refill.h"
#include "web/core/web.h"

#include <string.h>

/* domain-facts: headers with values. Everything comes from here, nothing inline. */
#define CSP                                                                                                  \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "       \
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

static const struct {
    const char *name, *value;
} HEADERS[] = {
    {"Content-Security-Policy", CSP},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "geolocation=(), camera=(), microphone=()"},
    {"X-Robots-Tag", "noindex, nofollow"},
};

static void header(struct web *w, const char *name, const char *value)
{
    http_header_literal(w->q, w->r, name, value);
}

void web_guard(struct web *w)
{
    for (size_t i = 0; i < sizeof HEADERS / sizeof *HEADERS; i++)
        header(w, HEADERS[i].name, HEADERS[i].value);
    if (w->site->https) header(w, "Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

/* Every answer but assets: private to who asked, never kept. */
static void headers(struct web *w, const char *type)
{
    web_guard(w);
    header(w, "Cache-Control", "no-store");
    header(w, "Content-Type", type);
}

struct html *web_html(struct web *w)
{
    http_page_begin(w->r, &w->html.buf);
    return &w->html;
}

static void fill_again(struct web *w)
{
    struct buf plain = w->r->body;
    refill((struct str){plain.p, plain.n}, w->refill, &w->r->body);
    buf_free(&plain);
    if (w->refill_status) w->r->status = w->refill_status;
}

enum status web_page(struct web *w, int status)
{
    if (w->html.buf.full) return fail_detail(&w->c.fault, ST_BROKEN, "page over its limit");
    w->r->status = status;
    w->r->body = w->html.buf;
    w->html.buf = (struct buf){0};
    if (w->refill && status == 200) fill_again(w);
    w->r->may_compress = true;
    headers(w, "text/html; charset=UTF-8");
    return ST_OK;
}

enum status web_redirect(struct web *w, struct url to)
{
    w->r->status = 303;
    headers(w, "text/html; charset=UTF-8");
    http_header(w->q, w->r, "Location", to.text);
    return ST_OK;
}

enum status web_bytes(struct web *w, const char *type, struct bytes body)
{
    buf_init(&w->r->body, body.n, body.n);
    buf_add(&w->r->body, body.p, body.n);
    headers(w, type);
    return ST_OK;
}

/* Letters and digits, and what joins them. */
static struct str ascii_of(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        bool joins = (c == '-' || c == '_' || c == '.') && n > 0 && p[n - 1] != c;
        if (letter || joins) p[n++] = c;
    }
    while (n > 0 && strchr("-_.", p[n - 1]))
        n--;
    return (struct str){p, n};
}

/* For programs that don't know filename*: what of the name is plain ASCII, with its ending. */
static struct str ascii_name(struct arena *a, struct str filename)
{
    size_t dot = filename.n;
    while (dot > 0 && filename.p[dot - 1] != '.')
        dot--;
    struct str stem = ascii_of(a, dot ? str_sub(filename, 0, dot - 1) : filename);
    struct str ending = dot ? ascii_of(a, str_sub(filename, dot, filename.n)) : STR("");
    if (stem.n == 0) stem = STR("huiyuan");
    return arena_fmt(a, "%.*s%s%.*s", STR_ARG(stem), ending.n ? "." : "", STR_ARG(ending));
}

static enum status web_named(struct web *w, const char *how, const char *type, struct str filename,
                             struct bytes body)
{
    TRY(web_bytes(w, type, body));
    struct url encoded = url_path(w->q->arena, "/%.*s", STR_ARG(filename));
    http_header(w->q, w->r, "Content-Disposition",
                arena_fmt(w->q->arena, "%s; filename=\"%.*s\"; filename*=UTF-8''%.*s", how,
                          STR_ARG(ascii_name(w->q->arena, filename)),
                          STR_ARG(str_sub(encoded.text, 1, encoded.text.n))));
    return ST_OK;
}

enum status web_download(struct web *w, const char *type, struct str filename, struct bytes body)
{
    return web_named(w, "attachment", type, filename, body);
}

enum status web_inline(struct web *w, const char *type, struct str filename, struct bytes body)
{
    return web_named(w, "inline", type, filename, body);
}

enum status web_json(struct web *w, struct buf *body)
{
    w->r->body = *body;
    *body = (struct buf){0};
    headers(w, "application/json");
    return ST_OK;
}

/* Refusals that no use case gives: what no route, or nothing before the routes, takes. */
static const struct turned_away {
    int status;
    const char *what, *todo;
} TURNED_AWAY[] = {
    {400, "浏览器发来的请求不完整或有误", "请返回上一页改正后再提交。"},
    {405, "这个地址不接受这样的访问", "请检查地址，或回到首页重新进入。"},
    {408, "提交的内容没有在规定时间内传完，没有保存", "请检查网络后重新提交。"},
    {411, "浏览器没有说明提交内容的长度", "请换一个浏览器再试。"},
    {414, "网址太长", "请返回上一页，从页面上的链接进入。"},
    {429, "您的网络同时提交的内容太多，没有保存", "请过一会儿再试。"},
    {431, "浏览器发来的请求头太长", "请清除浏览器里本网站的 Cookie，再重新登录。"},
    {503, "系统正忙，本次操作没有保存", "请过一会儿再试。"},
    {505, "浏览器使用的协议版本不受支持", "请换一个浏览器再试。"},
};

static const struct turned_away *turned_away_with(int status)
{
    for (size_t i = 0; i < sizeof TURNED_AWAY / sizeof *TURNED_AWAY; i++)
        if (TURNED_AWAY[i].status == status) return &TURNED_AWAY[i];
    return NULL;
}

static const char *what_happened(const struct web *w, enum status s)
{
    switch (s) {
    case ST_OK:
    case ST_LOGIN:
        break;
    case ST_BAD_INPUT:
        return "提交的内容有误";
    case ST_FORBIDDEN:
        return "您没有权限进行这项操作";
    case ST_NOT_FOUND:
        return w->c.actor.side == SIDE_COMPANY && w->c.actor.account.v ? "没有找到，或不属于本单位"
                                                                       : "没有找到";
    case ST_CONFLICT:
        return "刚刚已被处理";
    case ST_TOO_LARGE:
        return "提交的内容太大";
    case ST_TOO_MANY:
        return "尝试次数过多";
    case ST_UNAVAILABLE:
        return "系统暂时不可用，本次操作没有保存";
    case ST_BROKEN:
        return "系统出错了，本次操作没有保存";
    }
    return "";
}

static const char *what_to_do(enum status s)
{
    switch (s) {
    case ST_OK:
    case ST_LOGIN:
        break;
    case ST_BAD_INPUT:
        return "请返回上一页改正后再提交。";
    case ST_FORBIDDEN:
        return "请回到首页，从菜单进入要办的事。";
    case ST_NOT_FOUND:
        return "请检查地址，或回到首页重新进入。";
    case ST_CONFLICT:
        return "请刷新页面，查看现在的状态。";
    case ST_TOO_LARGE:
        return "请缩小文件后再试。";
    case ST_TOO_MANY:
        return "请稍后再试。";
    case ST_UNAVAILABLE:
        return "请过一会儿再试。";
    case ST_BROKEN:
        return "请再试一次；若仍出错，请把下面的编号告诉协会。";
    }
    return "";
}

/* When trying again may help. */
static void say_when(struct web *w, enum status s)
{
    if (s != ST_TOO_MANY && s != ST_UNAVAILABLE) return;
    int usual_s = s == ST_TOO_MANY ? 60 : 10, wait_s = w->c.fault.retry_after_s;
    http_header(w->q, w->r, "Retry-After", arena_fmt(w->q->arena, "%d", wait_s > 0 ? wait_s : usual_s));
}

void web_error_page(struct web *w, enum status s)
{
    const struct turned_away *refusal = turned_away_with(w->r->status);
    int status = refusal ? refusal->status : status_http(s);
    bool inside = w->c.actor.account.v && !w->c.actor.must_change; /* the menu leads on */
    struct error_view v = {
        .frame = inside ? web_frame(w, STR("出错了"), NULL) : web_frame_open(w, STR("出错了")),
        .status = status,
        .what = str_from(w->c.fault.text[0] ? w->c.fault.text
                         : refusal          ? refusal->what
                                            : what_happened(w, s)),
        .todo = str_from(refusal ? refusal->todo : what_to_do(s)),
        .request_id = str_from(w->request_id),
    };
    say_when(w, s);
    if (inside)
        view_error_inside(web_html(w), &v);
    else
        view_error(web_html(w), &v);
    if (web_page(w, status)) w->r->status = 500;
}

void web_cookie(struct web *w, const char *name, struct str value, int max_age_s)
{
    struct str age = max_age_s ? arena_fmt(w->q->arena, "; Max-Age=%d", max_age_s) : STR("");
    http_header(w->q, w->r, "Set-Cookie",
                arena_fmt(w->q->arena, "%s%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s",
                          w->site->https ? "__Host-" : "", name, STR_ARG(value),
                          w->site->https ? "; Secure" : "", STR_ARG(age)));
}

void web_cookie_delete(struct web *w, const char *name)
{
    http_header(w->q, w->r, "Set-Cookie",
                arena_fmt(w->q->arena, "%s%s=; Path=/; HttpOnly; SameSite=Lax%s; Max-Age=0",
                          w->site->https ? "__Host-" : "", name, w->site->https ? "; Secure" : ""));
}

struct str web_cookie_value(const struct web *w, const char *name)
{
    char full[64] = "__Host-";
    if (w->site->https) {
        strncat(full, name, sizeof full - sizeof "__Host-");
        name = full;
    }
    return http_get(&w->q->cookies, name);
}

bool web_progress_only(const struct web *w)
{
    enum member_stored stored;
    return w->c.actor.side == SIDE_MEMBER && member_stored_parse(w->c.actor.member_state, &stored) &&
           member_progress_only(stored);
}

struct str web_field(const struct web *w, const char *name)
{
    return http_get(&w->q->fields, name);
}

struct str web_query(const struct web *w, const char *name)
{
    return http_get(&w->q->query, name);
}

bool web_flag(const struct web *w, const char *name)
{
    return str_eq(web_field(w, name), STR("1"));
}

enum status web_id(struct web *w, struct str s, int64_t *ret)
{
    int64_t v;
    if (!str_int(s, &v) || v <= 0 || v > LIMIT_ID) return not_found(&w->c);
    *ret = v;
    return ST_OK;
}
