#include "app/core/features.h"

static const struct event EVENTS[] = {
    {"company.create", "新增单位", KIND_DATA},
    {"company.update", "修改单位资料", KIND_DATA},
};

const struct feature companies_feature = {.name = "companies", FEATURE_EVENTS(EVENTS)};
