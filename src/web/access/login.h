/* Logging in and out, and one's own password. */
#ifndef WEB_ACCESS_LOGIN_H
#define WEB_ACCESS_LOGIN_H

#include "web/access/captcha.h"
#include "web/core/form.h"
#include "web/core/frame.h"

struct login_view {
    struct frame frame;
    struct tabs_view tabs;
    struct fields_view fields;
    struct str as, next, error;
    struct url forgot; /* or none: the association's own ask their administrator */
    struct captcha_view captcha;
    bool activated; /* a first password was just chosen: web/members/activate.h */
    bool ended;     /* the browser still has the cookie of a session that ended by time */
};
struct password_view {
    struct frame frame;
    struct fields_view fields;
    bool must_change, old, done; /* old: it must be changed for its age */
};

/* After a right password it waits here for the code: app_login_code. */
#define LOGIN_HALF_COOKIE "hy_half"

/* A path of our own, and nothing that a browser could take for another host. */
bool login_path_is_local(struct str s);
/* A new session: its cookie, and the way to `next`, a local path or empty. */
enum status login_done(struct web *w, struct str token, struct str next) MUST_USE;
/* Whatever waits to be filled in again in this session is looked for from now on. */
enum status login_promise_kept(struct web *w, struct str token) MUST_USE;

enum status page_root(struct web *w);
enum status page_login(struct web *w);
enum status post_login(struct web *w);
enum status post_logout(struct web *w);
enum status page_password(struct web *w);
enum status post_password(struct web *w);

#endif
