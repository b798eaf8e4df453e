#include "app/core/events.h"

static const struct event EVENTS[] = {
    {"company.create", "新增单位", KIND_DATA},
    {"company.update", "修改单位资料", KIND_DATA},
};
const struct event_table companies_events = {EVENTS, sizeof EVENTS / sizeof *EVENTS};
