#include "base/limits.h"
#include "web/core/route.h"
#include "web/ops/first_start.h"
#include "web/ops/looks.h"
#include "web/ops/privacy.h"
#include "web/ops/settings.h"
#include "web/ops/system.h"

static const struct route ROUTES[] = {
    GET("/staff/settings", WHO_STAFF, ROLE_SYSTEM | ROLE_SECURITY, page_staff_settings),
    POST("/staff/settings", WHO_STAFF, ROLE_SYSTEM | ROLE_SECURITY, post_staff_settings, LIMIT_BODY_FORM),
    GET("/staff/privacy", WHO_STAFF, ROLE_SYSTEM, page_staff_privacy),
    POST("/staff/privacy", WHO_STAFF, ROLE_SYSTEM, post_staff_privacy, LIMIT_BODY_BATCH),
    GET("/staff/looks", WHO_STAFF, LOOK_ROLES, page_staff_looks),
    POST("/staff/looks/{id}", WHO_STAFF, LOOK_ROLES, post_staff_look, LIMIT_BODY_FORM),
    GET("/staff/setup", WHO_STAFF, ROLE_SYSTEM, page_staff_setup),
    POST("/staff/setup", WHO_STAFF, ROLE_SYSTEM, post_staff_setup, LIMIT_BODY_FORM),
    GET("/staff/system", WHO_STAFF, ROLE_SYSTEM, page_staff_system),
};

static const struct menu_entry MENU[] = {
    {80, SIDE_STAFF, LOOK_ROLES, "/staff/looks", "待复核", "check"},
    {90, SIDE_STAFF, ROLE_SYSTEM | ROLE_SECURITY, "/staff/settings", "系统设置", "settings"},
    {91, SIDE_STAFF, ROLE_SYSTEM, "/staff/privacy", "个人信息规则", "file"},
    {92, SIDE_STAFF, ROLE_SYSTEM, "/staff/system", "系统状态", "info"},
};

const struct web_feature ops_web = {ROUTES, COUNT(ROUTES), MENU, COUNT(MENU)};
