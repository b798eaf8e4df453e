#include "app/core/events.h"

static const struct event EVENTS[] = {
    {"export.begin", "开始导出", KIND_DATA},
    {"export.end", "导出", KIND_DATA},
};
const struct event_table reports_events = {EVENTS, sizeof EVENTS / sizeof *EVENTS};
