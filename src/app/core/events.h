/* The events of all features, and their kinds. */
#ifndef APP_CORE_EVENTS_H
#define APP_CORE_EVENTS_H

#include "app/core/event.h"
#include "base/str.h"

const char *event_kind_code(enum event_kind kind); /* "" for any */
const char *event_kind_label(enum event_kind kind);
bool event_kind_parse(struct str code, enum event_kind *ret);

/* NULL: a newer version wrote it. */
const struct event *event_find(struct str word);
/* All of them, in the order of the rooms: i counts from 0; NULL behind the last. */
const struct event *event_at(size_t i);
/* Whether any event is of this kind. */
bool event_kind_used(enum event_kind kind);

#endif
