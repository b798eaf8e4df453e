/* 企业管理, the association's side: companies, their names and their accounts. */
#ifndef WEB_COMPANIES_STAFF_H
#define WEB_COMPANIES_STAFF_H

#include "app/companies/companies.h"
#include "app/companies/unit.h"
#include "web/access/one_time.h"
#include "web/core/form.h"
#include "web/core/list.h"

struct company_row_view {
    struct company_item item;
    struct url page;
};
struct company_rows_view {
    LIST(struct company_row_view);
};
struct companies_view {
    struct frame frame;
    struct str q;
    struct company_rows_view rows;
    struct pager_view pager;
    struct url sheet;
    bool may_edit;
};

struct company_form_view {
    struct fields_view fields;
    struct fields_view units;  /* 会员单位, 开票: of one that is there */
    struct fields_view reason; /* offered where only the check character of the credit code is wrong */
    bool offers_anyway, anyway;
    bool asks_enabled, enabled; /* a new company is, and 协会直管 stays so */
    int64_t version;
    int wrong; /* fields */
};
struct company_new_view {
    struct frame frame;
    struct str once;
    struct company_form_view form;
};
struct company_view {
    struct frame frame;
    struct company_card card;
    struct company_form_view form;
    struct url page, reset, disable, merge; /* merge: none for 协会直管 and what was merged */
    struct url members, waiting_new, waiting_renewal, expired; /* its people by state */
    int64_t member_count, new_count, renewal_count, expired_count;
    bool may_edit, has_account, saved, renamed;
    bool made_before; /* the form that made it was sent again */
};

enum status page_staff_companies(struct web *w);
enum status post_staff_companies(struct web *w);
enum status page_staff_company(struct web *w);
enum status post_staff_company(struct web *w);
enum status post_staff_company_reset(struct web *w);
enum status post_staff_company_disable(struct web *w);
/* The letter that hands over a one-time password, which the page that shows it sends back: it is stored
 * nowhere. */
enum status post_staff_company_letter(struct web *w);

#endif
