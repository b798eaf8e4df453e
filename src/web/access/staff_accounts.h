/* 账号管理: the accounts of the association, their roles and passwords. */
#ifndef WEB_ACCESS_STAFF_ACCOUNTS_H
#define WEB_ACCESS_STAFF_ACCOUNTS_H

#include "app/access/staff_accounts.h"
#include "web/core/form.h"
#include "web/core/list.h"

struct staff_row_view {
    struct staff_item item;
    struct str roles;
    struct day login; /* the last; or none */
    struct url page;
};
struct staff_rows_view {
    LIST(struct staff_row_view);
};
struct staff_accounts_view {
    struct frame frame;
    struct str status, q;
    struct tabs_view tabs;
    struct staff_rows_view rows;
    struct pager_view pager;
    int64_t stale_days;
};

struct role_view {
    struct str word, label;
    bool chosen, alone;
};
struct roles_view {
    LIST(struct role_view);
};
/* Of a new one or one that is there. */
struct staff_form_view {
    struct fields_view fields; /* the name of a new one */
    struct roles_view roles;
    struct str role_error, enabled_error;
    bool role_focus, enabled_focus, asks_enabled, enabled;
    int64_t version;
    int wrong; /* fields */
};
struct staff_account_new_view {
    struct frame frame;
    struct str once;
    struct staff_form_view form;
};
struct staff_account_view {
    struct frame frame;
    struct staff_item item;
    struct staff_form_view form;
    struct url page, reset, reset_totp;
    struct str login, created; /* the last login, with the minute; or none */
    bool saved, made_before;
};

enum status page_staff_accounts(struct web *w);
enum status post_staff_accounts(struct web *w);
enum status page_staff_account(struct web *w);
enum status post_staff_account(struct web *w);
enum status post_staff_account_reset(struct web *w);

#endif
