/* What stands before a form: the signed cookie of a browser that is not logged in, the form's token, the
 * captcha. Nothing is stored before login; a captcha is spent by one insert (design: before login). */
#ifndef APP_ACCESS_GATE_H
#define APP_ACCESS_GATE_H

#include "app/core/app.h"

struct str gate_pre_make(struct ctx *c);
bool gate_pre_good(struct ctx *c, struct str cookie);
/* `cookie` is the session's token (of c->actor, if anyone is logged in) or the pre cookie. */
struct str gate_csrf(struct ctx *c, struct str cookie);
bool gate_csrf_good(struct ctx *c, struct str cookie, struct str token);

#define CAPTCHA_MINUTES 10
struct captcha {
    struct str cookie; /* answer, expiry and nonce, sealed */
    struct bytes png;
};
struct captcha gate_captcha(struct ctx *c);
/* Adds a problem of field captcha when it is wrong, over, or was used before. */
enum status gate_captcha_spend(struct ctx *c, struct str cookie, struct str typed) MUST_USE;

#endif
