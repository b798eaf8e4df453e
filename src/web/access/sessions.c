#include "web/access/sessions.h"

#include "gen/views.h"
#include "web/core/hello.h"

static struct str minute(struct web *w, int64_t ms)
{
    return ms ? str_sub(instant_str(w->q->arena, ms), 0, sizeof "2026-11-23 16:05" - 1) : STR_NONE;
}

static enum status find_before(struct web *w, struct sessions_view *v)
{
    struct last_login last;
    enum status s = app_last_login(&w->c, w->session, &last);
    if (s) return s == ST_NOT_FOUND ? ST_OK : s;
    v->known = true;
    v->before = minute(w, last.before_at);
    v->failures = last.failures;
    return ST_OK;
}

enum status page_sessions(struct web *w)
{
    struct own_sessions list;
    struct sessions_view v = {.ended = str_eq(web_query(w, "ended"), STR("1")),
                              .staff = w->c.actor.side == SIDE_STAFF};
    TRY(app_own_sessions(&w->c, w->session, &list));
    TRY(find_before(w, &v));
    TRY(hello_lost(w));
    v.frame = web_frame(w, STR("登录情况"), NULL);
    for (size_t i = 0; i < list.n; i++) {
        const struct own_session *s = &list.p[i];
        v.others |= !s->current;
        *ARENA_PUSH(w->q->arena, &v.rows) =
            (struct own_session_view){*s, minute(w, s->since), minute(w, s->seen),
                                      url_path(w->q->arena, "/sessions/%ld/end", (long)s->id.v)};
    }
    view_sessions(web_html(w), &v);
    return web_page(w, 200);
}

/* Whoever ended the one in use has to log in for the page, and is led there. */
static enum status back(struct web *w)
{
    return web_redirect(w, URL("/sessions?ended=1"));
}

enum status post_session_end(struct web *w)
{
    struct session_id id;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_own_session_end(&w->c, id));
    return back(w);
}

enum status post_sessions_end_others(struct web *w)
{
    TRY(app_own_sessions_end_others(&w->c, w->session));
    return back(w);
}
