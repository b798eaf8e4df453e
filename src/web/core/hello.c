#include "web/core/hello.h"

#include "app/access/lost.h"
#include "app/access/own_sessions.h"

#define HELLO_COOKIE "hy_hello"
#define SECONDS      600 /* longer than any way from a login to a page */

void hello_promise(struct web *w)
{
    web_cookie(w, HELLO_COOKIE, STR("1"), SECONDS);
}

enum status hello_find(struct web *w)
{
    struct last_login last;
    if (!w->c.actor.account.v || !web_cookie_value(w, HELLO_COOKIE).n) return ST_OK;
    enum status s = app_last_login(&w->c, w->session, &last);
    if (s == ST_OK) w->hello = (struct hello){true, last.before_at, last.failures};
    if (s == ST_OK) s = hello_lost(w);
    return s == ST_NOT_FOUND ? ST_OK : s;
}

enum status hello_lost(struct web *w)
{
    if (w->c.actor.side == SIDE_STAFF) return ST_OK;
    struct lost_owns *found = ARENA_NEW(w->q->arena, struct lost_owns);
    TRY(app_lost_own(&w->c, found));
    w->lost = found;
    return ST_OK;
}

void hello_said(struct web *w)
{
    web_cookie_delete(w, HELLO_COOKIE);
}
