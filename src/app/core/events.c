#include "app/core/events.h"

#include "app/core/features.h"

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
    for (size_t t = 0; t < app_features_n; t++)
        for (size_t i = 0; i < app_features[t]->n_events; i++)
            if (str_eq(str_from(app_features[t]->events[i].word), word)) return &app_features[t]->events[i];
    return NULL;
}

const struct event *event_at(size_t i)
{
    for (size_t t = 0; t < app_features_n; t++) {
        if (i < app_features[t]->n_events) return &app_features[t]->events[i];
        i -= app_features[t]->n_events;
    }
    return NULL;
}

bool event_kind_used(enum event_kind kind)
{
    if (kind == KIND_ANY) return true;
    for (size_t t = 0; t < app_features_n; t++)
        for (size_t i = 0; i < app_features[t]->n_events; i++)
            if (app_features[t]->events[i].kind == kind) return true;
    return false;
}
