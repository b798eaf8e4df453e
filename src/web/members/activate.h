/* 激活: a first password by the code of a slip; and the slips, and a password at the counter. */
#ifndef WEB_MEMBERS_ACTIVATE_H
#define WEB_MEMBERS_ACTIVATE_H

#include "web/access/captcha.h"
#include "web/core/form.h"
#include "web/core/frame.h"

struct activate_view {
    struct frame frame;
    struct fields_view code, number, passwords;
    struct str alert, consent_error, consent_sensitive_error;
    struct captcha_view captcha;
    bool consent, consent_focus, consent_sensitive, consent_sensitive_focus;
};

enum status page_activate(struct web *w);
enum status post_activate(struct web *w);
enum status post_staff_activation(struct web *w);
enum status post_staff_member_reset(struct web *w);
enum status post_staff_member_letter(struct web *w);

#endif
