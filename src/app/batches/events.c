#include "app/core/events.h"

static const struct event EVENTS[] = {
    {"batch.print", "打印推荐汇总表", KIND_DATA},
    {"batch.print_read", "取回推荐汇总表", KIND_DATA},
    {"batch.close", "关闭推荐汇总表", KIND_APPROVAL},
};
const struct event_table batches_events = {EVENTS, sizeof EVENTS / sizeof *EVENTS};
