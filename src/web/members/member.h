/* The member's own side: 我的信息, 我的学习, 历史动态, 审批进度, and giving an application in once more. */
#ifndef WEB_MEMBERS_MEMBER_H
#define WEB_MEMBERS_MEMBER_H

#include "base/fen.h"
#include "web/members/facts.h"
#include "web/members/flow.h"
#include "web/members/list.h"
#include "web/members/person_form.h"
#include "web/members/timeline.h"

struct fee_view {
    struct day first, last;
    struct fen amount;
    struct str state;
};
struct fees_view {
    LIST(struct fee_view);
};

struct me_view {
    struct frame frame;
    struct url photo;
    struct str name, state, state_label, number, company, days_left;
    struct day period_end;
    struct notice_view next;
    struct flow_view flow;
    struct fees_view fees; /* the years of the newest period */
    int years_paid;        /* in all */
    struct facts_view facts;
};

struct progress_view {
    struct frame frame;
    struct url photo;
    struct str state, state_label, once;
    struct notice_view notice;
    struct flow_view flow;
    struct facts_view facts;
    struct timeline_view story;
    bool may_withdraw, may_resubmit;
};

struct history_view {
    struct frame frame;
    struct tabs_view kinds;
    struct timeline_view entries;
    struct pager_view pager;
};

struct resubmit_view {
    struct frame frame;
    struct str once;
    struct notice_view notice; /* why it came back */
    struct person_form form;
};

enum status page_me(struct web *w);
enum status page_me_learning(struct web *w);
enum status page_me_history(struct web *w);
enum status page_me_progress(struct web *w);
enum status page_me_application(struct web *w);
enum status post_me_withdraw(struct web *w);
enum status page_me_resubmit(struct web *w);
enum status post_me_resubmit(struct web *w);

#endif
