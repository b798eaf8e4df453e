#include "web/access/captcha.h"

#include "app/access/gate.h"
#include "web/core/form.h"

#define CAPTCHA_COOKIE "hy_captcha"

enum status web_captcha_view(struct web *w, struct captcha_view *ret)
{
    struct gate_question asked;
    *ret = (struct captcha_view){.shown = w->site->captcha};
    if (!ret->shown) return ST_OK;
    TRY(gate_ask(&w->c, web_bound_to(w), w->address, &asked));
    ret->work = asked.work;
    ret->both = asked.both;
    ret->error = form_error(w, "captcha");
    return ST_OK;
}

enum status web_captcha_spend(struct web *w)
{
    if (!w->site->captcha) return ST_OK;
    return gate_admit(&w->c, &(struct gate_answer){.cookie = web_bound_to(w),
                                                   .address = w->address,
                                                   .captcha_cookie = web_cookie_value(w, CAPTCHA_COOKIE),
                                                   .typed = str_or_empty(web_field(w, "captcha")),
                                                   .work = str_or_empty(web_field(w, "work"))});
}

enum status page_captcha(struct web *w)
{
    struct captcha captcha = gate_captcha(&w->c);
    web_cookie(w, CAPTCHA_COOKIE, captcha.cookie, CAPTCHA_MINUTES * 60);
    return web_bytes(w, "image/png", captcha.png);
}
