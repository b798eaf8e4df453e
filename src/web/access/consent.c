#include "web/access/consent.h"

#include "app/access/consent.h"
#include "gen/views.h"
#include "web/access/login.h"
#include "web/core/form.h"

static enum status show(struct web *w, struct str next, int status)
{
    struct consent_page_view v = {
        .next = login_path_is_local(next) ? next : STR(""),
        .consent = web_flag(w, "consent"),
        .consent_error = form_error(w, "consent"),
        .sensitive = web_flag(w, "consent_sensitive"),
        .sensitive_error = form_error(w, "consent_sensitive"),
        .agreed = !w->c.actor.must_consent && !w->c.problems.n,
        .is_member = w->c.actor.side == SIDE_MEMBER,
        .wrong = (int)w->c.problems.n,
    };
    v.consent_focus = form_focus(w, v.consent_error);
    v.sensitive_focus = form_focus(w, v.sensitive_error);
    TRY(app_privacy(&w->c, STR_NONE, w->site->url, &v.rules));
    v.frame = web_frame(w, v.rules.text.title, NULL);
    view_consent(web_html(w), &v);
    return web_page(w, status);
}

enum status page_consent(struct web *w)
{
    return show(w, web_query(w, "next"), 200);
}

enum status post_consent(struct web *w)
{
    struct str next = web_field(w, "next");
    struct consent_given given = {.terms = web_flag(w, "consent"),
                                  .sensitive = web_flag(w, "consent_sensitive"),
                                  .version = web_field(w, "version"),
                                  .session = w->session};
    enum status s = app_consent(&w->c, &given);
    if (s == ST_BAD_INPUT) return show(w, next, 422);
    if (s) return s;
    TRY(login_promise_kept(w, w->session));
    return login_path_is_local(next) ? web_redirect(w, (struct url){next}) : web_redirect(w, URL("/"));
}
