#include "app/core/counts.h"
#include "app/core/features.h"
#include "app/core/files.h"
#include "app/core/looks.h"
#include "app/core/privacy.h"
#include "app/core/settings.h"
#include "base/limits.h"
#include "gen/queries.h"

static const struct event EVENTS[] = {
    {"access.refused", "被拒绝的查看或办理", KIND_DATA},
    {"access.captcha", "接连填错验证码", KIND_DATA},
    {"system.migrate", "建立数据库", KIND_DATA},
    {"system.trail_lost", "磁盘已满时缺少的记录", KIND_DATA},
    {"system.demo", "生成演示数据", KIND_DATA},
    {"setting.set", "修改设置", KIND_DATA},
    {"privacy.publish", "公布个人信息处理规则", KIND_DATA},
    {"system.accept_head", "确认审计起点", KIND_DATA},
    {"look.done", "复核", KIND_DATA},
};

/* Kinds that can wait: those with a carry_out. Their order is that of stored bits. */
static const struct setting_word LOOK_WORDS[] = {{"id_number", "修改身份证号"}, {"exception", "入会例外"}};

static const struct setting SETTINGS[] = {
    SETTING_OF_TEXT("association.name", association, "甘肃省建设监理协会", 1, 50, "名称", NULL),
    SETTING_OF_TEXT("association.system", system, "会员管理系统", 1, 30, "系统名称", "写在每页的抬头上"),
    SETTING_OF_TEXT("association.phone", organiser_phone, "", 0, 40, "联系电话", "写在帮助里；空：不写"),
    SETTING_OF_TEXT("association.record_no", record_no, "", 0, 60, "备案号", "写在每页的页脚；空：不写"),
    SETTING_OF_TEXT("association.scan_mailbox", scan_mailbox, "gsjlxhlz@163.com", 0, 254, "收扫描件的邮箱",
                    "写在帮助里"),
    SETTING_OF_NUMBER("serve.address_connections", address_connections, LIMIT_CONNECTIONS_ADDRESS, 16, 65536,
                      "个", "一个地址同时的连接最多", "一个单位常常共用一个地址"),
    SETTING_OF_WORDS("look.wait", look_wait, 0, LOOK_WORDS, "先复核再生效的事项",
                     "没有选的当时生效，事后复核"),
    SETTING_OF_TEXT("bank.payee", bank_payee, "甘肃省建设监理协会", 0, 60, "收款单位", NULL),
    SETTING_OF_TEXT("bank.name", bank_name, "交通银行甘肃省分行营业部", 0, 60, "开户银行", NULL),
    SETTING_OF_TEXT("bank.account", bank_account, "621060105010470040025", 0, 40, "银行账号", NULL),
};

static const struct setting_group GROUPS[] = {
    {"association", "协会", ROLE_SYSTEM},
    {"bank", "收款账户", ROLE_SYSTEM},
    {"serve", "服务器", ROLE_SYSTEM},
    {"look", "复核", ROLE_SYSTEM},
};

static enum status look_at_counters(struct ctx *c, struct str *ret_wrong)
{
    struct counters_wrong_rows rows;
    TRY(q_counters_wrong(c->db, c->arena, CHECK_SHOWN, &rows));
    *ret_wrong = check_rows(c->arena, rows.n);
    return ST_OK;
}

static const struct check CHECKS[] = {{"counters", look_at_counters},
                                      {"files", look_at_files},
                                      {"consents", look_at_consents},
                                      {"second looks", look_at_looks}};

static enum status sweep(struct ctx *c)
{
    return q_once_delete_old(c->db, c->now_ms - DAY_MS, NULL);
}

static const struct todo_kind TODOS[] = {
    {"look", "待复核", SIDE_STAFF, LOOK_ROLES, NULL, look_todo},
};

const struct feature core_feature = {.name = "core",
                                     FEATURE_EVENTS(EVENTS),
                                     FEATURE_SETTINGS(SETTINGS),
                                     FEATURE_GROUPS(GROUPS),
                                     FEATURE_CHECKS(CHECKS),
                                     FEATURE_TODOS(TODOS),
                                     .open = counts_open,
                                     .sweep = sweep,
                                     .upgrade = files_upgrade};
