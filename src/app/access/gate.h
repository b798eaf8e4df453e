/* What stands before a form: the signed cookie of a browser that is not logged in, the form's token, and what
 * keeps programs out: a captcha, or a proof of work by script. Nothing is stored before login; a captcha and
 * a piece of work are each spent by one insert (design: before login). */
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

/* What a form asks of a browser with this cookie, from this address. */
struct gate_question {
    struct str work; /* the challenge, dearer with each failed login from the network */
    bool both;       /* so many failed that either alone does not let in */
};
enum status gate_ask(struct ctx *c, struct str cookie, struct str address,
                     struct gate_question *ret) MUST_USE;

struct gate_answer {
    struct str cookie, address;       /* whose */
    struct str captcha_cookie, typed; /* the captcha */
    struct str work;
};
/* Adds a problem of field captcha when neither captcha nor work lets in, or not both where both are asked.
 * Wrong captchas of a network in a row are in the trail: each LIMIT_CAPTCHA_ROW of them a row.
 * ST_TOO_MANY: both are asked, and no script answered: that waits until the network's failures are over. */
enum status gate_admit(struct ctx *c, const struct gate_answer *in) MUST_USE;

#endif
