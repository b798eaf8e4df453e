#include "app/core/features.h"
#include "app/core/settings.h"
#include "app/ops/nightly.h"
#include "app/ops/system.h"

static const struct event EVENTS[] = {
    {"system.backup", "备份数据库", KIND_DATA},        {"system.backup_verified", "验证备份", KIND_DATA},
    {"system.keys_export", "导出密钥备份", KIND_DATA}, {"system.keys_checked", "核对密钥备份", KIND_DATA},
    {"system.restore", "从备份恢复数据库", KIND_DATA}, {"system.repair", "修复派生数据", KIND_DATA},
    {"system.first_start", "首次启动", KIND_DATA},
};

static const struct setting SETTINGS[] = {
    SETTING_OF_CLOCK("backup.at", backup_at, "每天自动备份的时间",
                     "服务器自己做，办理业务的人不受影响；错过的一次，服务器再启动时补做"),
    SETTING_OF_NUMBER("backup.keep", backup_keep, 14, 1, 3650, "份", "保留的自动备份",
                      "更早的由服务器删掉；手工做的备份不动"),
};

static const struct setting_group GROUPS[] = {
    {"backup", "备份", ROLE_SYSTEM},
};

static const struct todo_kind TODOS[] = {
    {"backup", "自动备份没有做成，或该做的没有做", SIDE_STAFF, ROLE_SYSTEM, NULL, todo_backup},
    {"key_copy", "密钥副本还没有核对过", SIDE_STAFF, ROLE_SYSTEM, NULL, todo_key_copy},
    {"disk", "数据库所在磁盘快满了", SIDE_STAFF, ROLE_SYSTEM, NULL, todo_disk},
};

const struct feature ops_feature = {.name = "ops",
                                    FEATURE_EVENTS(EVENTS),
                                    FEATURE_SETTINGS(SETTINGS),
                                    FEATURE_GROUPS(GROUPS),
                                    FEATURE_TODOS(TODOS),
                                    .start = nightly_start,
                                    .stop = nightly_stop};
