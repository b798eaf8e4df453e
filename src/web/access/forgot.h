/* 忘记密码, and 核对码 at the desks that decide (app/access/lost.h). */
#ifndef WEB_ACCESS_FORGOT_H
#define WEB_ACCESS_FORGOT_H

#include "app/access/lost.h"
#include "app/access/lost_desk.h"
#include "web/access/captcha.h"
#include "web/core/form.h"
#include "web/core/frame.h"
#include "web/core/list.h"

struct forgot_view {
    struct frame frame;
    struct tabs_view tabs;
    struct fields_view account, fields; /* the account stands first, with its own help */
    struct captcha_view captcha;
    struct str as, alert;
    bool member;
};
struct forgot_done_view {
    struct frame frame;
    struct lost_code code;
    bool member;
    int64_t days;
};
enum status page_forgot(struct web *w);
enum status post_forgot(struct web *w);
/* The form of a lost main clerk, on paper. */
enum status page_forgot_form(struct web *w);

struct lost_row_view {
    struct lost_item item;
    struct str kind, asked;
    struct day until;
    struct str error, file_error;
    int64_t left;
    bool focus;
};
struct lost_rows_view {
    LIST(struct lost_row_view);
};
struct resets_view {
    struct frame frame;
    struct lost_rows_view rows;
    struct pager_view pager;
    struct str q;
    struct url here;
    struct str error; /* about a request that is no longer there */
    bool staff, may, done;
    int64_t days;
};
enum status page_company_resets(struct web *w);
enum status post_company_resets(struct web *w);
enum status page_staff_resets(struct web *w);
enum status post_staff_resets(struct web *w);
/* 不是我，取消. */
enum status post_own_reset_cancel(struct web *w);

#endif
