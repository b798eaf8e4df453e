/* Something that the trail can say: a row of its feature (feature.c). */
#ifndef APP_CORE_EVENT_H
#define APP_CORE_EVENT_H

/* What an event is about: contract-desks.md, 历史动态. */
enum event_kind { KIND_ANY, KIND_APPROVAL, KIND_DATA, KIND_ACCOUNT, KIND_FEE, KIND_TRAINING };
#define KIND_COUNT 6

struct event {
    const char *word;  /* noun.verb, as audit_note.event; never changed, for old rows have it */
    const char *title; /* what a page calls it */
    enum event_kind kind;
};

#endif
