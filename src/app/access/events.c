#include "app/core/events.h"

static const struct event EVENTS[] = {
    {"account.login", "登录", KIND_ACCOUNT},
    {"account.logout", "退出", KIND_ACCOUNT},
    {"account.password_change", "修改密码", KIND_ACCOUNT},
    {"account.add", "新增协会账号", KIND_ACCOUNT},
    {"account.reset", "重置密码", KIND_ACCOUNT},
    {"account.disable", "停用账号", KIND_ACCOUNT},
};
const struct event_table access_events = {EVENTS, sizeof EVENTS / sizeof *EVENTS};
