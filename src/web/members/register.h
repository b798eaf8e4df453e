/* 个人会员注册（入会申请）: account, details, check page, done. What is typed lives in a draft; its token is
 * a cookie. */
#ifndef WEB_MEMBERS_REGISTER_H
#define WEB_MEMBERS_REGISTER_H

#include "app/core/texts.h"
#include "web/access/captcha.h"
#include "web/core/frame.h"
#include "web/members/person_form.h"

struct register_step {
    struct str label;
    bool done, current;
};
struct register_steps {
    LIST(struct register_step);
};

struct register_view {
    struct frame frame;
    struct register_steps steps;
    struct fields_view account, passwords;
    struct str alert, consent_error, consent_sensitive_error;
    struct str unfinished; /* the masked number of a draft that can be continued */
    struct captcha_view captcha;
    bool consent, consent_focus, consent_sensitive, consent_sensitive_focus;
};

struct register_details_view {
    struct frame frame;
    struct register_steps steps;
    struct person_form form;
};

/* What stands on the check page: as it will be stored. */
struct stored_fact {
    struct str label, value;
    bool wide, wide_on_phone;
};
struct stored_facts {
    LIST(struct stored_fact);
};
struct register_confirm_view {
    struct frame frame;
    struct register_steps steps;
    struct stored_facts facts;
    struct url photo;
    struct str photo_flaw;
    struct text_section pledge;
    struct str near;        /* almost called so as the employer that is not in the list */
    struct str unprintable; /* characters that no font here has */
};

struct register_done_view {
    struct frame frame;
    struct register_steps progress;
    struct str company, contact, phone; /* none: 单位不在列表中 */
};

enum status page_register(struct web *w);
enum status post_register(struct web *w);
enum status page_register_details(struct web *w);
bool register_has_begun(struct web *w); /* a draft of this browser is there, or it can't be known */
enum status post_register_details(struct web *w);
enum status page_register_photo(struct web *w);
enum status page_register_confirm(struct web *w);
enum status post_register_confirm(struct web *w);
enum status page_register_done(struct web *w);

#endif
