/* 动态码: the second factor of the association's accounts, set up at /totp and asked for after the password.
 */
#ifndef WEB_ACCESS_TOTP_H
#define WEB_ACCESS_TOTP_H

#include "app/access/totp.h"
#include "web/core/form.h"
#include "web/core/frame.h"

struct totp_view {
    struct frame frame;
    struct totp_card card;
    struct str grouped;             /* its secret, in fours */
    struct fields_view fields;      /* the code, and to turn it off the password */
    struct recovery_codes recovery; /* shown once */
    bool off;                       /* it was just turned off */
};
struct login_code_view {
    struct frame frame;
    struct fields_view fields;
    struct str next;
};

enum status page_login_code(struct web *w);
enum status post_login_code(struct web *w);
enum status page_totp(struct web *w);
enum status post_totp(struct web *w);
enum status post_staff_account_reset_totp(struct web *w);

#endif
