#include "app/core/events.h"

static const struct event EVENTS[] = {
    {"access.refused", "查看或办理不属于自己的内容", KIND_DATA}, {"system.migrate", "建立数据库", KIND_DATA},
    {"system.trail_lost", "磁盘已满时缺少的记录", KIND_DATA},    {"system.demo", "生成演示数据", KIND_DATA},
    {"system.accept_head", "确认审计起点", KIND_DATA},
};
const struct event_table core_events = {EVENTS, sizeof EVENTS / sizeof *EVENTS};

static const struct {
    const char *code, *label;
} KINDS[KIND_COUNT] = {
    [KIND_ANY] = {"", "全部"},      [KIND_APPROVAL] = {"approval", "审批"},
    [KIND_DATA] = {"data", "资料"}, [KIND_ACCOUNT] = {"account", "账号"},
    [KIND_FEE] = {"fee", "缴费"},   [KIND_TRAINING] = {"training", "培训"},
};

const char *event_kind_code(enum event_kind kind)
{
    return KINDS[kind].code;
}

const char *event_kind_label(enum event_kind kind)
{
    return KINDS[kind].label;
}

bool event_kind_parse(struct str code, enum event_kind *ret)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        if (!str_eq(str_from(KINDS[i].code), code)) continue;
        *ret = (enum event_kind)i;
        return true;
    }
    return false;
}

const struct event *event_find(struct str word)
{
    for (size_t t = 0; t < app_events_n; t++)
        for (size_t i = 0; i < app_events[t]->n; i++)
            if (str_eq(str_from(app_events[t]->p[i].word), word)) return &app_events[t]->p[i];
    return NULL;
}

bool event_kind_used(enum event_kind kind)
{
    if (kind == KIND_ANY) return true;
    for (size_t t = 0; t < app_events_n; t++)
        for (size_t i = 0; i < app_events[t]->n; i++)
            if (app_events[t]->p[i].kind == kind) return true;
    return false;
}
