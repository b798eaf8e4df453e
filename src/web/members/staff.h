/* 会员管理, the association's side: everyone's people, one person with everything that is known, and the
 * decisions. */
#ifndef WEB_MEMBERS_STAFF_H
#define WEB_MEMBERS_STAFF_H

#include "app/members/page.h"
#include "web/members/list.h"
#include "web/members/person_page.h"

/* What may be decided here, for the panels above a list or beside a person. */
struct staff_actions_view {
    struct str whom; /* of the question before it is done */
    bool many;       /* 注销 asks to type how many */
    bool approve, return_to_company, return_to_person, unapprove, close, reopen;
    bool period;                     /* 更正批准日期 */
    bool recommend, renew, withdraw; /* in the place of 协会直管 */
    bool any, with_reason;           /* of these; of those that need a reason */
    bool slips;                      /* 打印激活条 */
    struct str reason_label;
    struct day today;
    int64_t reason_max, document_no_max;
};

struct staff_members_view {
    struct frame frame;
    struct list_view list;
    struct staff_actions_view actions;
    struct str once, searched, empty, export_label; /* searched: what the search takes */
    struct url export_address, closed;              /* closed: 已注销, which has no tab */
    int64_t closed_count;
    int64_t company;
    struct str company_name; /* of the filter, or none */
    bool may_export;
};

struct workplace_view {
    struct str company;
    struct url page;
    struct day from, to;
};
struct workplaces_view {
    LIST(struct workplace_view);
};
struct consent_view {
    struct str kind, version, given_at;
};
struct consents_view {
    LIST(struct consent_view);
};
struct staff_member_view {
    struct frame frame;
    struct person_view person;
    struct beside_view beside;
    struct staff_actions_view actions;
    struct str once, next_step;
    struct url notes; /* of the post of a note; none: who asks may not */
    struct str note, note_error;
    int64_t note_max;
    struct url edit, reset; /* none: who asks may not */
    bool saved;
    struct workplaces_view workplaces;
    struct consents_view consents;
};

enum status page_staff_members(struct web *w);
enum status page_staff_member(struct web *w);
enum status post_staff_recommend(struct web *w);
enum status post_staff_recommend_renewal(struct web *w);
enum status post_staff_withdraw(struct web *w);
enum status post_staff_member_note(struct web *w);
enum status post_staff_approve(struct web *w);
enum status post_staff_return(struct web *w);
enum status post_staff_unapprove(struct web *w);
enum status post_staff_close(struct web *w);
enum status post_staff_reopen(struct web *w);

#endif
