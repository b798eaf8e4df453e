#include "app/batches/checks.h"
#include "app/batches/upgrade.h"
#include "app/core/features.h"
#include "app/core/settings.h"
#include "base/limits.h"

static const struct event EVENTS[] = {
    {"batch.print", "打印推荐汇总表", KIND_DATA},
    {"batch.print_read", "取回推荐汇总表", KIND_DATA},
    {"batch.close", "关闭推荐汇总表", KIND_APPROVAL},
};

static const struct setting SETTINGS[] = {
    SETTING_OF_NUMBER("batch.rows", batch_rows, LIMIT_BATCH_ROWS, 1, LIMIT_BATCH_ROWS, "人", "一批最多",
                      NULL),
};

static const struct setting_group GROUPS[] = {{"batch", "推荐汇总表", ROLE_SYSTEM}};

static const struct check CHECKS[] = {
    {"prints", look_at_prints},
    {"decided batch rows", look_at_decided},
};

const struct feature batches_feature = {.name = "batches",
                                        FEATURE_EVENTS(EVENTS),
                                        FEATURE_SETTINGS(SETTINGS),
                                        FEATURE_GROUPS(GROUPS),
                                        FEATURE_CHECKS(CHECKS),
                                        .upgrade = prints_upgrade};
