#include "app/core/features.h"

static const struct event EVENTS[] = {
    {"company.create", "新增单位", KIND_DATA},
    {"company.update", "修改单位资料", KIND_DATA},
    {"account.clerk_add", "新增经办人", KIND_ACCOUNT},
    {"account.clerk_update", "修改经办人", KIND_ACCOUNT},
};

const struct feature companies_feature = {.name = "companies", FEATURE_EVENTS(EVENTS)};
