#include "base/limits.h"
#include "web/core/route.h"
#include "web/members/activate.h"
#include "web/members/company.h"
#include "web/members/decide.h"
#include "web/members/exceptions.h"
#include "web/members/member.h"
#include "web/members/merge.h"
#include "web/members/period.h"
#include "web/members/photo.h"
#include "web/members/proposed.h"
#include "web/members/register.h"
#include "web/members/staff.h"
#include "web/members/staff_edit.h"

static const struct route ROUTES[] = {
    GET("/register", WHO_ALL, 0, page_register),
    POST("/register", WHO_ALL, 0, post_register, LIMIT_BODY_FORM, .lane = HTTP_HASH),
    GET("/register/details", WHO_ALL, 0, page_register_details),
    POST("/register/details", WHO_ALL, 0, post_register_details, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PHOTO_BYTES + 1, .has_begun = register_has_begun, .begins = "/register"),
    GET("/register/photo", WHO_ALL, 0, page_register_photo),
    GET("/register/confirm", WHO_ALL, 0, page_register_confirm),
    POST("/register/confirm", WHO_ALL, 0, post_register_confirm, LIMIT_BODY_FORM),
    GET("/register/done", WHO_ALL, 0, page_register_done),
    GET("/me", WHO_MEMBER, 0, page_me),
    GET("/me/learning", WHO_MEMBER, 0, page_me_learning),
    GET("/me/history", WHO_MEMBER, 0, page_me_history),
    GET("/me/progress", WHO_MEMBER, 0, page_me_progress),
    POST("/me/withdraw", WHO_MEMBER, 0, post_me_withdraw, LIMIT_BODY_FORM),
    GET("/me/resubmit", WHO_MEMBER, 0, page_me_resubmit),
    POST("/me/resubmit", WHO_MEMBER, 0, post_me_resubmit, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PHOTO_BYTES + 1),
    GET("/me/application.pdf", WHO_MEMBER, 0, page_me_application, .lane = HTTP_LONG),
    GET("/photo/{member}", WHO_LOGGED_IN, READ_LISTS, page_member_photo),
    POST("/reveal/{member}", WHO_LOGGED_IN, ROLE_MEMBERSHIP, post_member_reveal, LIMIT_BODY_FORM,
         .full_numbers = true),
    GET("/company/members", WHO_COMPANY, 0, page_company_members),
    GET("/company/members/{id}", WHO_COMPANY, 0, page_company_member),
    POST("/company/members/recommend", WHO_COMPANY, 0, post_company_recommend, LIMIT_BODY_BATCH),
    POST("/company/members/return", WHO_COMPANY, 0, post_company_return, LIMIT_BODY_BATCH),
    POST("/company/members/recommend-renewal", WHO_COMPANY, 0, post_company_recommend_renewal,
         LIMIT_BODY_BATCH),
    POST("/company/members/withdraw", WHO_COMPANY, 0, post_company_withdraw, LIMIT_BODY_BATCH),
    POST("/company/members/{id}", WHO_COMPANY, 0, post_company_member, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PHOTO_BYTES + 1),
    GET("/results/{token}.csv", WHO_COMPANY | WHO_STAFF, ROLE_MEMBERSHIP, page_result_csv),
    POST("/results/{token}/undo", WHO_COMPANY | WHO_STAFF, ROLE_MEMBERSHIP, post_result_undo,
         LIMIT_BODY_FORM),
    GET("/results/{token}", WHO_COMPANY | WHO_STAFF, ROLE_MEMBERSHIP, page_result),
    GET("/staff/members", WHO_STAFF, READ_LISTS, page_staff_members),
    GET("/staff/members/{id}", WHO_STAFF, READ_LISTS, page_staff_member),
    POST("/staff/members/{id}", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_member, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PHOTO_BYTES + 1),
    GET("/staff/companies/merge", WHO_STAFF, ROLE_MEMBERSHIP, page_staff_merge),
    POST("/staff/companies/merge", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_merge, LIMIT_BODY_FORM),
    GET("/staff/companies/proposed", WHO_STAFF, ROLE_MEMBERSHIP, page_staff_proposed),
    POST("/staff/companies/proposed/{id}", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_proposed, LIMIT_BODY_FORM),
    GET("/activate", WHO_ALL, 0, page_activate),
    POST("/activate", WHO_ALL, 0, post_activate, LIMIT_BODY_FORM, .lane = HTTP_HASH),
    POST("/staff/members/activation.pdf", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_activation, LIMIT_BODY_BATCH,
         .lane = HTTP_LONG),
    POST("/staff/members/{id}/reset-password", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_member_reset,
         LIMIT_BODY_FORM, .lane = HTTP_HASH, .again = true),
    POST("/staff/members/{id}/letter.pdf", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_member_letter,
         LIMIT_BODY_FORM, .lane = HTTP_LONG),
    GET("/staff/exceptions", WHO_STAFF, ROLE_MEMBERSHIP, page_staff_exceptions),
    POST("/staff/exceptions", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_exceptions, LIMIT_BODY_FORM),
    POST("/staff/members/{id}/correct", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_correct, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_PHOTO_BYTES + 1),
    POST("/staff/members/recommend", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_recommend, LIMIT_BODY_BATCH),
    POST("/staff/members/recommend-renewal", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_recommend_renewal,
         LIMIT_BODY_BATCH),
    POST("/staff/members/withdraw", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_withdraw, LIMIT_BODY_BATCH),
    POST("/staff/members/{id}/notes", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_member_note, LIMIT_BODY_FORM),
    POST("/staff/members/approve", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_approve, LIMIT_BODY_BATCH),
    POST("/staff/members/return", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_return, LIMIT_BODY_BATCH),
    POST("/staff/members/unapprove", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_unapprove, LIMIT_BODY_BATCH),
    POST("/staff/members/period", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_period, LIMIT_BODY_BATCH),
    POST("/staff/members/close", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_close, LIMIT_BODY_BATCH),
    POST("/staff/members/reopen", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_reopen, LIMIT_BODY_BATCH),
};

static const struct menu_entry MENU[] = {
    {10, SIDE_MEMBER, 0, "/me", "我的信息", "user"},
    {20, SIDE_MEMBER, 0, "/me/learning", "我的学习", "book"},
    {30, SIDE_MEMBER, 0, "/me/history", "历史动态", "clock"},
    {10, SIDE_COMPANY, 0, "/company/members", "会员列表", "users"},
    {20, SIDE_STAFF, READ_LISTS, "/staff/members", "会员管理", "users"},
    {25, SIDE_STAFF, ROLE_MEMBERSHIP, "/staff/exceptions", "入会例外", "clock"},
};

const struct web_feature members_web = {ROUTES, COUNT(ROUTES), MENU, COUNT(MENU)};
