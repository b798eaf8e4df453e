/* 审批进度: the six steps on a page, what comes next, and whom to call. */
#ifndef WEB_MEMBERS_FLOW_H
#define WEB_MEMBERS_FLOW_H

#include "app/members/progress.h"
#include "web/core/web.h"

struct flow_step_view {
    struct str name, look, word; /* look: class of assets/css; word: the same for who can't see it */
    struct url icon;
    struct str at, by, note;
    bool current;
};
struct flow_view {
    LIST(struct flow_step_view);
};
struct flow_view flow_view(struct web *w, const struct own_page *own);

/* Whom to call; nothing is shown without a number. */
struct contact_view {
    struct str ask, name, phone;
    struct url call; /* none: the number can't be called with one touch */
};
enum tone { TONE_INFO, TONE_GOOD, TONE_WARN, TONE_BAD };
struct notice_view {
    struct str title; /* of the panel */
    struct str strong, text;
    enum tone tone;
    struct contact_view contact;
};
/* What is waited for and since when, why it stopped, or what to do next. */
struct notice_view notice_view(struct web *w, const struct own_page *own);

#endif
