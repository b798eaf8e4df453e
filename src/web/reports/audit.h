/* 审计日志: what was done by whom, when and from where, and the same as a file. */
#ifndef WEB_REPORTS_AUDIT_H
#define WEB_REPORTS_AUDIT_H

#include "app/reports/audit_list.h"
#include "web/core/form.h"
#include "web/core/list.h"

struct audit_row_view {
    struct audit_item item;
    struct str at;
    bool refused;
    bool about_none, words_none;                  /* an empty cell takes no room on a card */
    struct url of_account, of_member, of_company; /* the rows of each; none where there is none */
};
struct audit_rows_view {
    LIST(struct audit_row_view);
};
struct audit_view {
    struct frame frame;
    struct fields_view days, fields; /* of the filter */
    struct options_view events, results;
    struct str event_error, result_error;
    bool filtered;
    int wrong; /* fields */
    struct audit_rows_view rows;
    struct pager_view pager;
    bool sifting, back; /* back: the rows that were looked at are newer ones */
    struct str looked_to, empty;
    struct url csv;
};

enum status page_staff_audit(struct web *w);
enum status page_staff_audit_csv(struct web *w);

#endif
