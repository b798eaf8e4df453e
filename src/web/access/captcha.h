/* What keeps programs out of an open form: a picture to read, or work for the browser's script. */
#ifndef WEB_ACCESS_CAPTCHA_H
#define WEB_ACCESS_CAPTCHA_H

#include "web/core/web.h"

struct captcha_view {
    bool shown; /* not with --captcha off */
    struct str work;
    bool both; /* picture and work */
    struct str error;
    bool focus;
};
enum status web_captcha_view(struct web *w, struct captcha_view *ret) MUST_USE;
/* Spends what was answered; adds a problem of field captcha when it does not let in. */
enum status web_captcha_spend(struct web *w) MUST_USE;

/* The picture for this browser. */
enum status page_captcha(struct web *w);

#endif
