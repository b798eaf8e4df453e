/* The rules in force, to be read and agreed to before anything else. */
#ifndef WEB_ACCESS_CONSENT_H
#define WEB_ACCESS_CONSENT_H

#include "app/core/privacy.h"
#include "web/core/frame.h"

struct consent_page_view {
    struct frame frame;
    struct privacy_rules rules;
    struct str next;
    struct str consent_error, sensitive_error;
    bool consent, consent_focus, sensitive, sensitive_focus; /* ticked; takes the focus */
    bool agreed;                                             /* nothing is asked */
    bool is_member;
    int wrong; /* fields */
};

enum status page_consent(struct web *w);
enum status post_consent(struct web *w);

#endif
