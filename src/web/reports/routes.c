#include "web/core/route.h"
#include "web/reports/audit.h"
#include "web/reports/exports.h"
#include "web/reports/home.h"
#include "web/reports/todo.h"

static const struct route ROUTES[] = {
    GET("/company/members.xlsx", WHO_COMPANY, 0, page_members_xlsx, .lane = HTTP_LONG, .full_numbers = true,
        .again = true),
    GET("/staff", WHO_STAFF, ANY_ROLE, page_staff_home),
    GET("/company/todo", WHO_COMPANY, 0, page_todo),
    GET("/staff/todo", WHO_STAFF, ANY_ROLE, page_todo),
    GET("/staff/audit", WHO_STAFF, ROLE_AUDITOR, page_staff_audit),
    GET("/staff/audit.csv", WHO_STAFF, ROLE_AUDITOR, page_staff_audit_csv, .lane = HTTP_LONG),
    GET("/staff/companies.xlsx", WHO_STAFF, ROLE_MEMBERSHIP, page_companies_xlsx, .lane = HTTP_LONG),
    GET("/staff/members.xlsx", WHO_STAFF, ROLE_MEMBERSHIP, page_members_xlsx, .lane = HTTP_LONG,
        .full_numbers = true, .again = true),
};

static const struct menu_entry MENU[] = {
    {10, SIDE_STAFF, 0, "/staff", "首页", "home"},
    {5, SIDE_COMPANY, 0, "/company/todo", "待办", "inbox"},
    {15, SIDE_STAFF, 0, "/staff/todo", "待办", "inbox"},
    {95, SIDE_STAFF, ROLE_AUDITOR, "/staff/audit", "审计日志", "eye"},
};

const struct web_feature reports_web = {ROUTES, COUNT(ROUTES), MENU, COUNT(MENU)};
