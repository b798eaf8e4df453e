#include "base/limits.h"
#include "web/access/again.h"
#include "web/access/captcha.h"
#include "web/access/consent.h"
#include "web/access/forgot.h"
#include "web/access/login.h"
#include "web/access/sessions.h"
#include "web/access/staff_accounts.h"
#include "web/access/totp.h"
#include "web/core/route.h"

static const struct route ROUTES[] = {
    GET("/", WHO_ALL, 0, page_root),
    GET("/login", WHO_ALL, 0, page_login, .keeps_working = true),
    POST("/login", WHO_ALL, 0, post_login, LIMIT_BODY_FORM, .lane = HTTP_HASH, .keeps_working = true),
    GET("/captcha.png", WHO_ALL, 0, page_captcha, .lane = HTTP_WORK, .keeps_working = true),
    POST("/logout", WHO_LOGGED_IN, 0, post_logout, LIMIT_BODY_FORM, .keeps_working = true),
    GET("/password", WHO_LOGGED_IN, 0, page_password, .keeps_working = true),
    POST("/password", WHO_LOGGED_IN, 0, post_password, LIMIT_BODY_FORM, .lane = HTTP_HASH,
         .keeps_working = true),
    GET("/login/code", WHO_ALL, 0, page_login_code, .keeps_working = true),
    POST("/login/code", WHO_ALL, 0, post_login_code, LIMIT_BODY_FORM, .lane = HTTP_HASH,
         .keeps_working = true),
    GET("/forgot", WHO_ALL, 0, page_forgot),
    POST("/forgot", WHO_ALL, 0, post_forgot, LIMIT_BODY_FORM, .lane = HTTP_HASH),
    GET("/forgot/form.pdf", WHO_ALL, 0, page_forgot_form, .lane = HTTP_LONG),
    POST("/me/resets/{id}/cancel", WHO_MEMBER, 0, post_own_reset_cancel, LIMIT_BODY_FORM),
    GET("/company/resets", WHO_COMPANY, 0, page_company_resets),
    POST("/company/resets", WHO_COMPANY, 0, post_company_resets, LIMIT_BODY_FORM, .again = true),
    POST("/company/resets/{id}/cancel", WHO_COMPANY, 0, post_own_reset_cancel, LIMIT_BODY_FORM),
    GET("/staff/resets", WHO_STAFF, ROLE_MEMBERSHIP, page_staff_resets),
    POST("/staff/resets", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_resets, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PAPER_BYTES + 1, .again = true),
    GET("/totp", WHO_STAFF, ANY_ROLE, page_totp, .sets_totp = true),
    POST("/totp", WHO_STAFF, ANY_ROLE, post_totp, LIMIT_BODY_FORM, .lane = HTTP_HASH, .sets_totp = true),
    POST("/staff/accounts/{id}/reset-totp", WHO_STAFF, ROLE_SYSTEM, post_staff_account_reset_totp,
         LIMIT_BODY_FORM, .again = true),
    GET("/again", WHO_LOGGED_IN, 0, page_again),
    POST("/again", WHO_LOGGED_IN, 0, post_again, LIMIT_BODY_FORM, .lane = HTTP_HASH),
    GET("/consent", WHO_MEMBER | WHO_COMPANY, 0, page_consent, .before_consent = true),
    POST("/consent", WHO_MEMBER | WHO_COMPANY, 0, post_consent, LIMIT_BODY_FORM, .before_consent = true),
    GET("/sessions", WHO_LOGGED_IN, 0, page_sessions),
    POST("/sessions/{id}/end", WHO_LOGGED_IN, 0, post_session_end, LIMIT_BODY_FORM),
    POST("/sessions/end-others", WHO_LOGGED_IN, 0, post_sessions_end_others, LIMIT_BODY_FORM),
    GET("/staff/accounts", WHO_STAFF, ROLE_SYSTEM, page_staff_accounts),
    POST("/staff/accounts", WHO_STAFF, ROLE_SYSTEM, post_staff_accounts, LIMIT_BODY_FORM, .lane = HTTP_HASH,
         .again = true),
    GET("/staff/accounts/{id}", WHO_STAFF, ROLE_SYSTEM, page_staff_account),
    POST("/staff/accounts/{id}", WHO_STAFF, ROLE_SYSTEM, post_staff_account, LIMIT_BODY_FORM, .again = true),
    POST("/staff/accounts/{id}/reset-password", WHO_STAFF, ROLE_SYSTEM, post_staff_account_reset,
         LIMIT_BODY_FORM, .lane = HTTP_HASH, .again = true),
};

static const struct menu_entry MENU[] = {
    {55, SIDE_COMPANY, 0, "/company/resets", "核对码", "key"},
    {35, SIDE_STAFF, ROLE_MEMBERSHIP, "/staff/resets", "核对码", "key"},
    {90, SIDE_STAFF, ROLE_SYSTEM, "/staff/accounts", "账号管理", "users"},
};

const struct web_feature access_web = {ROUTES, COUNT(ROUTES), MENU, COUNT(MENU)};
