/* 会员列表 of a company, one person of it, and what its clerk does to them. */
#ifndef WEB_MEMBERS_COMPANY_H
#define WEB_MEMBERS_COMPANY_H

#include "web/members/list.h"
#include "web/members/person_form.h"
#include "web/members/person_page.h"

struct company_members_view {
    struct frame frame;
    struct list_view list;
    struct str once, searched, empty, return_confirm; /* searched: what the search takes */
    struct str export_label;
    struct url export_address, summary;
    bool may_recommend, may_renew, may_withdraw, may_export, selectable;
    int64_t reason_max;
};

struct company_member_view {
    struct frame frame;
    struct person_view person;
    struct person_form form;
    struct str once, next_step, conflict, return_confirm;
    struct url address;
    int64_t version, reason_max;
    bool may_recommend, may_return, may_renew, may_withdraw;
    bool shows_form, may_correct; /* a form that came too late is shown, but can't be sent */
    bool saved;
    bool with_form; /* decisions stand in the form: what is typed goes with them */
    bool sent;      /* what is in the form was typed and not saved */
    struct str reason, reason_error, then_error;
    struct beside_view beside;
};

enum status page_company_members(struct web *w);
enum status page_company_member(struct web *w);
enum status post_company_member(struct web *w);
enum status post_company_recommend(struct web *w);
enum status post_company_return(struct web *w);
enum status post_company_recommend_renewal(struct web *w);
enum status post_company_withdraw(struct web *w);

#endif
