#include "base/limits.h"
#include "web/companies/clerks.h"
#include "web/companies/search.h"
#include "web/companies/staff.h"
#include "web/companies/unit.h"
#include "web/core/route.h"

static const struct route ROUTES[] = {
    GET("/companies/search", WHO_ALL, 0, page_companies_search),
    GET("/company/clerks", WHO_MAIN_CLERK, 0, page_company_clerks),
    POST("/company/clerks", WHO_MAIN_CLERK, 0, post_company_clerks, LIMIT_BODY_FORM, .lane = HTTP_HASH),
    GET("/company/clerks/{id}", WHO_MAIN_CLERK, 0, page_company_clerk),
    POST("/company/clerks/{id}", WHO_MAIN_CLERK, 0, post_company_clerk, LIMIT_BODY_FORM),
    POST("/company/clerks/{id}/reset-password", WHO_MAIN_CLERK, 0, post_company_clerk_reset, LIMIT_BODY_FORM,
         .lane = HTTP_HASH, .again = true),
    GET("/company/unit", WHO_MAIN_CLERK, 0, page_company_unit),
    POST("/company/unit", WHO_MAIN_CLERK, 0, post_company_unit, LIMIT_BODY_FORM),
    GET("/staff/companies", WHO_STAFF, READ_LISTS, page_staff_companies),
    POST("/staff/companies", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_companies, LIMIT_BODY_FORM,
         .lane = HTTP_HASH),
    GET("/staff/companies/{id}", WHO_STAFF, READ_LISTS, page_staff_company),
    POST("/staff/companies/{id}", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_company, LIMIT_BODY_FORM),
    POST("/staff/companies/{id}/reset-password", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_company_reset,
         LIMIT_BODY_FORM, .lane = HTTP_HASH, .again = true),
    POST("/staff/companies/{id}/disable", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_company_disable,
         LIMIT_BODY_FORM),
    POST("/staff/companies/{id}/letter.pdf", WHO_STAFF, ROLE_MEMBERSHIP, post_staff_company_letter,
         LIMIT_BODY_FORM, .lane = HTTP_LONG),
};

static const struct menu_entry MENU[] = {
    {50, SIDE_COMPANY, MAIN_CLERK, "/company/unit", "单位信息", "building"},
    {60, SIDE_COMPANY, MAIN_CLERK, "/company/clerks", "经办人", "key"},
    {30, SIDE_STAFF, READ_LISTS, "/staff/companies", "企业管理", "building"},
};

const struct web_feature companies_web = {ROUTES, COUNT(ROUTES), MENU, COUNT(MENU)};
