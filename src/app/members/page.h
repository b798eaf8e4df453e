/* One person in full: for the person (我的信息, 历史动态, progress), the own company and the association. */
#ifndef APP_MEMBERS_PAGE_H
#define APP_MEMBERS_PAGE_H

#include "app/core/events.h"
#include "app/members/decide.h"

struct dossier {
    struct member_full row;
    enum member_state state;
    enum member_stored stored;
    struct day born;
    struct str id_number, mobile; /* in full: pages mask, and a click that is logged shows */
    struct str company_name;
    struct str company_contact, company_phone;
    struct str proposed;      /* without an employer: what it is called that was not in the list, or "" */
    bool direct;              /* of 协会直管: the association acts in the company's place */
    struct str direct_reason; /* and why; "" otherwise */
    struct period_fulls periods;
    struct period_changes_unscoped_rows period_changes; /* before corrections; not for the person */
    struct employments_of_unscoped_rows employments;    /* these two for the association only */
    struct consents_of_unscoped_rows consents;
    bool may_correct;      /* by who asks, now */
    bool may[EVENT_COUNT]; /* what company or association may do now */
};
enum status app_member_dossier(struct ctx *c, struct member_id id, struct dossier *ret) MUST_USE;

/* Newest first. */
struct event_shown {
    int64_t number, at;
    struct str event;                          /* the trail's word */
    struct str title, result, note, side, who; /* who: for the association; for a company its own clerks */
    enum event_kind kind;
    struct changes changes;
    const struct period_full *opened; /* by an approval, or NULL */
    enum side by;
    bool by_system;
};
struct events_shown {
    LIST(struct event_shown);
    bool more;
};
/* To the person only what is meant for the person, without names; to the association everything. */
enum status app_member_events(struct ctx *c, const struct dossier *d, int64_t below, int64_t limit,
                              struct events_shown *ret) MUST_USE;

/* 显示: the full ID number; logged. */
enum status app_member_reveal(struct ctx *c, struct member_id id, struct str *ret_id_number) MUST_USE;
enum status app_member_photo(struct ctx *c, struct member_id id, struct bytes *ret) MUST_USE;

#endif
