/* What the trail can say: a feature's events stand in a table of its own room (events.c), gathered in
 * app/events.c. A word is never changed: old rows have it. */
#ifndef APP_CORE_EVENTS_H
#define APP_CORE_EVENTS_H

#include "base/str.h"

/* What an event is about: contract-desks.md, 历史动态. */
enum event_kind { KIND_ANY, KIND_APPROVAL, KIND_DATA, KIND_ACCOUNT, KIND_FEE, KIND_TRAINING };
#define KIND_COUNT 6

const char *event_kind_code(enum event_kind kind); /* "" for any */
const char *event_kind_label(enum event_kind kind);
bool event_kind_parse(struct str code, enum event_kind *ret);

struct event {
    const char *word;  /* noun.verb, as audit_note.event */
    const char *title; /* what a page calls it */
    enum event_kind kind;
};
struct event_table {
    const struct event *p;
    size_t n;
};

/* Every room's table, in the order of the rooms. */
extern const struct event_table *const app_events[];
extern const size_t app_events_n;

/* NULL: a newer version wrote it. */
const struct event *event_find(struct str word);
/* Whether any event is of this kind. */
bool event_kind_used(enum event_kind kind);

#endif
