#include "app/core/features.h"

static const struct event EVENTS[] = {
    {"system.backup", "备份数据库", KIND_DATA},        {"system.backup_verified", "验证备份", KIND_DATA},
    {"system.keys_export", "导出密钥备份", KIND_DATA}, {"system.keys_checked", "核对密钥备份", KIND_DATA},
    {"system.restore", "从备份恢复数据库", KIND_DATA},
};

const struct feature ops_feature = {.name = "ops", FEATURE_EVENTS(EVENTS)};
