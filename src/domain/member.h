/* A member's states and the one table of what leads from which to which (product rule: "transitions, and
 * nothing else"). What is stored differs from what is shown: `approved` with the end of the last period is a
 * member today and expired tomorrow, with no job in between. Who works for the built-in unit 协会直管 acts as
 * SIDE_COMPANY. */
#ifndef DOMAIN_MEMBER_H
#define DOMAIN_MEMBER_H

#include "base/day.h"
#include "base/status.h"
#include "domain/codes.h"

enum member_stored {
    STORED_NONE, /* not registered */
    STORED_SUBMITTED,
    STORED_RECOMMENDED_NEW,
    STORED_RECOMMENDED_RENEWAL,
    STORED_APPROVED,
    STORED_RETURNED,
    STORED_CLOSED,
};
#define STORED_COUNT 7

/* In the order of the tabs. */
enum member_state {
    STATE_NONE,
    STATE_SUBMITTED,           /* 个人提交 */
    STATE_RECOMMENDED_NEW,     /* 企业推荐（新会员） */
    STATE_RECOMMENDED_RENEWAL, /* 企业推荐（续期） */
    STATE_MEMBER,              /* 正式会员 */
    STATE_EXPIRED,             /* 已过期 */
    STATE_RETURNED,            /* 已退回 */
    STATE_CLOSED,              /* 已注销 */
};
#define STATE_COUNT 8

/* Codes are stable: they stand in the database, in addresses and in data-state. "" for none; parsing never
 * gives none. */
const char *member_stored_code(enum member_stored stored);
bool member_stored_parse(struct str code, enum member_stored *ret);
const char *member_state_code(enum member_state state);
bool member_state_parse(struct str code, enum member_state *ret);
/* The word on the screen; to the person concerned an expired membership is 已到期，待续期, a returned form
 * 需要您修改. */
const char *member_state_label(enum member_state state, enum side reader);

/* period_end is the last day of the last period: always there for `approved`. */
enum member_state member_state_of(enum member_stored stored, struct day period_end, struct day today);

/* The same rule the other way round, for queries: which rows show a state today. Ends are inclusive;
 * DAY_NONE: any. */
struct member_range {
    enum member_stored stored;
    struct day end_from, end_to;
};
struct member_range member_range_of(enum member_state state, struct day today);

/* Rights of membership go by the end of the period, also while a renewal is under way. */
bool member_has_rights(enum member_stored stored, struct day period_end, struct day today);
bool member_progress_only(enum member_stored stored); /* may log in, but only to the page 审批进度 */
/* Who may correct the data (never the ID number): the company before it recommends, the person when asked to,
 * the association always. */
bool member_may_correct(enum member_stored stored, enum side by);

enum member_event {
    EVENT_REGISTER,          /* 注册; by the association: an exception with a written reason */
    EVENT_WITHDRAW,          /* 撤回修改, the person's own second thoughts */
    EVENT_RESUBMIT,          /* 重新提交 */
    EVENT_RECOMMEND,         /* 推荐 */
    EVENT_RECOMMEND_RENEWAL, /* 推荐续期 */
    EVENT_UNRECOMMEND,       /* 回退 */
    EVENT_RETURN_TO_PERSON,  /* 退回本人 */
    EVENT_RETURN_TO_COMPANY, /* 退回单位 */
    EVENT_APPROVE,           /* 批准: opens a period */
    EVENT_UNAPPROVE,         /* 撤销批准: voids that period */
    EVENT_CLOSE,             /* 注销 */
    EVENT_REOPEN,            /* 恢复 */
};
#define EVENT_COUNT 12
const char *member_event_label(enum member_event event);

/* What a transition depends on. */
struct member_facts {
    enum member_stored stored;
    enum member_stored before; /* what the approval or closure ended, for its undoing; else STORED_NONE */
    struct day period_end, today;
    int renewal_days; /* setting: so many days before the end a renewal may be recommended; 0: when over */
    bool trained;     /* a training result exists for this recommendation */
    bool unit_lapsed; /* the employer may not recommend: MEMBER_LAPSED */
    bool paid, issued, newer; /* depend on the approval: a payment, a certificate, a later decision */
};

enum member_refusal {
    MEMBER_MAY = 0,
    MEMBER_WRONG_SIDE, /* this side never does that */
    MEMBER_WRONG_STATE,
    MEMBER_NOT_DUE,
    MEMBER_TRAINED,
    MEMBER_PAID,
    MEMBER_ISSUED,
    MEMBER_NEWER,
    MEMBER_NO_BEFORE,   /* nothing recorded to go back to */
    MEMBER_LAPSED,      /* the employer's 会员单位 is over, and a setting forbids it then */
    MEMBER_APPROVED_ON, /* the date of the approval is not possible: approval_date_check */
};
#define MEMBER_REFUSAL_COUNT 11

enum member_refusal member_transition(const struct member_facts *facts, enum side by, enum member_event event,
                                      enum member_stored *ret_to) MUST_USE;

const char *member_refusal_code(
    enum member_refusal refusal); /* stable, for data-reason: wrong_state, not_due … */
/* A sentence that names the present state; lives in the arena. */
struct str member_refusal_text(struct arena *a, enum member_refusal refusal, const struct member_facts *facts,
                               enum side by, enum member_event event);

#endif
