#include "app/access/gate.h"
#include "base/random.h"
#include "web/core/web.h"

#define PRE_COOKIE "hy_pre"

void web_pre(struct web *w)
{
    if (w->pre.n) return;
    struct str cookie = web_cookie_value(w, PRE_COOKIE);
    if (gate_pre_good(&w->c, cookie)) {
        w->pre = cookie;
        return;
    }
    if (w->q->method != HTTP_GET) return;
    w->pre = gate_pre_make(&w->c);
    web_cookie(w, PRE_COOKIE, w->pre, 0);
}

struct str web_bound_to(struct web *w)
{
    if (w->c.actor.account.v) return w->session;
    web_pre(w);
    return w->pre;
}

struct str web_csrf(struct web *w)
{
    struct str cookie = web_bound_to(w);
    return cookie.n ? gate_csrf(&w->c, cookie) : STR("");
}

bool web_csrf_good(struct web *w)
{
    return gate_csrf_good(&w->c, web_bound_to(w), web_field(w, "csrf"));
}

struct str web_once(struct web *w)
{
    char text[32];
    random_hex(text, sizeof text);
    return arena_str(w->q->arena, (struct str){text, sizeof text});
}
