/* A request on its way through the web floor. dispatch.c finds the route, the session and the right to be
 * here, and checks the token; a handler reads path and form, calls one use case, fills a view and returns.
 * What it returns other than ST_OK becomes an error page. */
#ifndef WEB_CORE_WEB_H
#define WEB_CORE_WEB_H

#include "app/core/app.h"
#include "html/html.h"
#include "http/http.h"

#include <stdatomic.h>

/* What the web floor needs to know of its surroundings. */
struct site {
    struct app *app;
    struct str url;          /* public address, as origin_normal makes it when it was given */
    bool url_given;          /* Origin is compared with it; else with Host */
    bool https;              /* __Host- cookies, Secure, HSTS */
    bool captcha;            /* off only on a database made by demo */
    struct str trust_proxy;  /* whose X-Forwarded-For is believed, or none */
    struct metrics *metrics; /* counts the answers; NULL: nobody wants to know */
    atomic_bool draining;    /* told to stop: /healthz sends the others elsewhere */
};

/* When the account was last logged in to before this session, and how often its password was wrong since. */
struct hello {
    bool due;
    int64_t before_at, failures; /* before_at 0: never */
};

struct lost_owns;
struct metrics;
struct refill;
struct route;

struct web {
    struct http_request *q;
    struct http_response *r;
    const struct site *site;
    const struct route *route;
    struct ctx c;
    struct str args[2]; /* the {…} of the path */
    struct str session; /* token of the session cookie, or none */
    struct str pre;     /* before login: the signed cookie that tokens and captcha hang on */
    struct str address; /* of the person's device, as far as it can be known */
    char request_id[13];
    struct html html;             /* the page under way */
    const struct refill *refill;  /* what the page is to be filled in with again */
    struct url back;              /* after the login that this post needs */
    struct hello hello;           /* what the first page after a login says */
    const struct lost_owns *lost; /* what it shows of 忘记密码: hello_lost; or NULL */
    bool stale;                   /* the token of a post of ours does not check */
    int refill_status;            /* of that page, instead of its own; 0: its own */
    int wrong;                    /* so many fields of it have a message: form_focus */
};

/* dispatch.c. Checks the table once: NULL, or what is wrong with it. */
const char *web_routes_fault(void);
bool web_is_page(struct str path); /* there is a GET of it */
struct http_plan web_plan(void *site, struct http_request *q);
void web_handle(void *site, struct http_request *q, struct http_response *r);
void web_busy(void *site, struct http_request *q, struct http_response *r);
void web_refused(void *site, struct http_request *q, struct http_response *r, int status);

/* answer.c: ways to answer. */
void web_guard(struct web *w);        /* the headers that every answer has; for who makes an answer by hand */
struct html *web_html(struct web *w); /* an empty page to render into */
enum status web_page(struct web *w, int status);        /* what was rendered is the answer */
enum status web_redirect(struct web *w, struct url to); /* 303 */
enum status web_bytes(struct web *w, const char *type, struct bytes body); /* copied; no-store */
/* The same as a file to save, named in Chinese (RFC 6266). */
enum status web_download(struct web *w, const char *type, struct str filename, struct bytes body);
/* Shown by the browser; the name is for who saves it. */
enum status web_inline(struct web *w, const char *type, struct str filename, struct bytes body);
enum status web_json(struct web *w, struct buf *body); /* takes the buffer */
void web_error_page(struct web *w, enum status s);
void web_cookie(struct web *w, const char *name, struct str value,
                int max_age_s); /* 0: for the browser's session */
void web_cookie_delete(struct web *w, const char *name);
struct str web_cookie_value(const struct web *w, const char *name);

/* token.c: the token of forms and the signed cookie before login. */
struct str web_csrf(struct web *w); /* for the hidden field; masked anew each time */
bool web_csrf_good(struct web *w);
struct str web_once(
    struct web *w);          /* for the hidden field `once`: a form sent twice acts once (app/once.h) */
void web_pre(struct web *w); /* makes the cookie before login if there is none that checks */
/* The cookie that tokens hang on: the session's, or the one before login. None: a POST came without. */
struct str web_bound_to(struct web *w);

/* A member who may see the progress page only: submitted, returned, closed. */
bool web_progress_only(const struct web *w);

/* input.c: what came is in the normal form of base/text.h, for every handler; but passwords, which are
 * composed (NFC) and else as they were typed, and the token. */
void web_input_clean(struct web *w);

/* Reading what came. */
struct str web_field(const struct web *w, const char *name);
struct str web_query(const struct web *w, const char *name);
bool web_flag(const struct web *w, const char *name); /* the field is 1 */
enum status web_id(struct web *w, struct str s,
                   int64_t *ret) MUST_USE; /* a number above 0, else ST_NOT_FOUND */

#endif
