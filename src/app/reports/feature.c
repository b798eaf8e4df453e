#include "app/core/features.h"
#include "app/core/settings.h"

static const struct event EVENTS[] = {
    {"export.begin", "开始导出", KIND_DATA},
    {"export.end", "导出", KIND_DATA},
};

static const struct setting SETTINGS[] = {
    SETTING_OF_SWITCH("export.masked", export_masked, 0, "导出的身份证号打码", NULL),
};

static const struct setting_group GROUPS[] = {{"export", "导出", ROLE_SECURITY}};

const struct feature reports_feature = {
    .name = "reports", FEATURE_EVENTS(EVENTS), FEATURE_SETTINGS(SETTINGS), FEATURE_GROUPS(GROUPS)};
