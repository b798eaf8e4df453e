#include "base/limits.h"
#include "web/core/route.h"
#include "web/ops/settings.h"

static const struct route ROUTES[] = {
    GET("/staff/settings", WHO_STAFF, ROLE_SYSTEM | ROLE_SECURITY, page_staff_settings),
    POST("/staff/settings", WHO_STAFF, ROLE_SYSTEM | ROLE_SECURITY, post_staff_settings, LIMIT_BODY_FORM),
};

static const struct menu_entry MENU[] = {
    {90, SIDE_STAFF, ROLE_SYSTEM | ROLE_SECURITY, "/staff/settings", "系统设置", "settings"},
};

const struct web_feature ops_web = {ROUTES, COUNT(ROUTES), MENU, COUNT(MENU)};
