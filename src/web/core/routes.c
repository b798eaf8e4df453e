#include "base/limits.h"
#include "web/access/login.h"
#include "web/batches/company.h"
#include "web/batches/staff.h"
#include "web/companies/staff.h"
#include "web/core/public.h"
#include "web/members/company.h"
#include "web/members/decide.h"
#include "web/members/member.h"
#include "web/members/photo.h"
#include "web/members/register.h"
#include "web/members/staff.h"
#include "web/reports/home.h"

#include <limits.h>

#define ANY_ROLE   UINT_MAX /* whoever works for the association */
#define READ_LISTS (ROLE_MEMBERSHIP | ROLE_VIEWER)

/* The one table of addresses: contract.md, HTTP. A POST needs a token, always: dispatch.c checks it. */

#define GET(address, may, any_role, handler, ...)                                                            \
    {                                                                                                        \
        .method = HTTP_GET, .path = address, .who = may, .roles = any_role, .handle = handler, __VA_ARGS__   \
    }
#define POST(address, may, any_role, handler, body, ...)                                                     \
    {                                                                                                        \
        .method = HTTP_POST, .path = address, .who = may, .roles = any_role, .handle = handler,              \
        .body_bytes = body, __VA_ARGS__                                                                      \
    }

const struct route web_routes[] = {
    GET("/", WHO_ALL, 0, page_root),
    GET("/healthz", WHO_ALL, 0, page_health, .keeps_working = true),
    GET("/assets/{file}", WHO_ALL, 0, page_asset, .keeps_working = true),

    GET("/login", WHO_ALL, 0, page_login, .keeps_working = true),
    POST("/login", WHO_ALL, 0, post_login, LIMIT_BODY_FORM, .keeps_working = true),
    GET("/captcha.png", WHO_ALL, 0, page_captcha, .slow = true, .keeps_working = true),
    POST("/logout", WHO_LOGGED_IN, 0, post_logout, LIMIT_BODY_FORM, .keeps_working = true),
    GET("/password", WHO_LOGGED_IN, 0, page_password, .keeps_working = true),
    POST("/password", WHO_LOGGED_IN, 0, post_password, LIMIT_BODY_FORM, .keeps_working = true),

    GET("/register", WHO_ALL, 0, page_register),
    POST("/register", WHO_ALL, 0, post_register, LIMIT_BODY_FORM),
    GET("/register/details", WHO_ALL, 0, page_register_details),
    POST("/register/details", WHO_ALL, 0, post_register_details, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PHOTO_BYTES + 1),
    GET("/register/photo", WHO_ALL, 0, page_register_photo),
    GET("/register/confirm", WHO_ALL, 0, page_register_confirm),
    POST("/register/confirm", WHO_ALL, 0, post_register_confirm, LIMIT_BODY_FORM),
    GET("/register/done", WHO_ALL, 0, page_register_done),
    GET("/companies/search", WHO_ALL, 0, page_companies_search),
    GET("/guide", WHO_ALL, 0, page_guide),
    GET("/help", WHO_ALL, 0, page_help),

    GET("/me", WHO_MEMBER, 0, page_me),
    GET("/me/learning", WHO_MEMBER, 0, page_me_learning),
    GET("/me/history", WHO_MEMBER, 0, page_me_history),
    GET("/me/progress", WHO_MEMBER, 0, page_me_progress),
    POST("/me/withdraw", WHO_MEMBER, 0, post_me_withdraw, LIMIT_BODY_FORM),
    GET("/me/resubmit", WHO_MEMBER, 0, page_me_resubmit),
    POST("/me/resubmit", WHO_MEMBER, 0, post_me_resubmit, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PHOTO_BYTES + 1),
    GET("/me/application.pdf", WHO_MEMBER, 0, page_me_application, .slow = true),

    GET("/photo/{member}", WHO_LOGGED_IN, READ_LISTS, page_member_photo),
    POST("/reveal/{member}", WHO_LOGGED_IN, ROLE_MEMBERSHIP, post_member_reveal, LIMIT_BODY_FORM),

    GET("/company/members", WHO_COMPANY, 0, page_company_members),
    GET("/company/members/{id}", WHO_COMPANY, 0, page_company_member),
    POST("/company/members/recommend", WHO_COMPANY, 0, post_company_recommend, LIMIT_BODY_BATCH),
    POST("/company/members/return", WHO_COMPANY, 0, post_company_return, LIMIT_BODY_BATCH),
    POST("/company/members/recommend-renewal", WHO_COMPANY, 0, post_company_recommend_renewal,
         LIMIT_BODY_BATCH),
    POST("/company/members/withdraw", WHO_COMPANY, 0, post_company_withdraw, LIMIT_BODY_BATCH),
    POST("/company/members/{id}", WHO_COMPANY, 0, post_company_member, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PHOTO_BYTES + 1),
    GET("/company/members.xlsx", WHO_COMPANY, 0, page_company_members_xlsx, .slow = true),
    GET("/company/summary", WHO_COMPANY, 0, page_company_summary, .slow = true),
    GET("/company/summary.pdf", WHO_COMPANY, 0, page_company_summary_pdf, .slow = true),
    GET("/company/batches", WHO_COMPANY, 0, page_company_batches),
    GET("/company/batches/{id}", WHO_COMPANY, 0, page_company_batch, .slow = true),
    GET("/company/batches/{id}/summary.pdf", WHO_COMPANY, 0, page_company_batch_pdf, .slow = true),
    POST("/company/batches/{id}/close", WHO_COMPANY, 0, post_company_batch_close, LIMIT_BODY_FORM),
    GET("/b/{code}", WHO_COMPANY | WHO_STAFF, READ_LISTS, page_batch_by_code),
    GET("/results/{token}.csv", WHO_COMPANY | WHO_STAFF, ROLE_MEMBERSHIP, page_result_csv),
    GET("/results/{token}", WHO_COMPANY | WHO_STAFF, ROLE_MEMBERSHIP, page_result),

    GET("/staff", WHO_STAFF, ANY_ROLE, page_staff_home),
    GET("/staff/members", WHO_STAFF, READ_LISTS, page_staff_members),
    GET("/staff/members.xlsx", WHO_STAFF, ROLE_MEMBERSHIP, page_staff_members_xlsx, .slow = true),
    GET("/staff/members/{id}", WHO_STAFF, READ_LISTS, page_staff_member),
    POST("/staff/members/approve", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_approve, LIMIT_BODY_BATCH),
    POST("/staff/members/return", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_return, LIMIT_BODY_BATCH),
    POST("/staff/members/unapprove", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_unapprove, LIMIT_BODY_BATCH),
    POST("/staff/members/close", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_close, LIMIT_BODY_BATCH),
    POST("/staff/members/reopen", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_reopen, LIMIT_BODY_BATCH),
    GET("/staff/batches", WHO_STAFF, READ_LISTS, page_staff_batches),
    GET("/staff/batches/{id}", WHO_STAFF, READ_LISTS, page_staff_batch),
    GET("/staff/companies", WHO_STAFF, READ_LISTS, page_staff_companies),
    POST("/staff/companies", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_companies, LIMIT_BODY_FORM),
    GET("/staff/companies/{id}", WHO_STAFF, READ_LISTS, page_staff_company),
    POST("/staff/companies/{id}", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_company, LIMIT_BODY_FORM),
    POST("/staff/companies/{id}/reset-password", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_company_reset,
         LIMIT_BODY_FORM),
    POST("/staff/companies/{id}/disable", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_company_disable,
         LIMIT_BODY_FORM),
    POST("/staff/companies/{id}/letter.pdf", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_company_letter,
         LIMIT_BODY_FORM),
};
const size_t web_routes_n = sizeof web_routes / sizeof *web_routes;
