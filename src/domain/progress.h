/* 审批进度: the six steps from 提交 to 正式会员 as one person has them. How far someone is, the state says;
 * when, by whom and why, what happened says. So a state is never contradicted by a trail with gaps (people
 * who were imported). */
#ifndef DOMAIN_PROGRESS_H
#define DOMAIN_PROGRESS_H

#include "domain/member.h"

enum step { STEP_SUBMIT, STEP_RECOMMEND, STEP_TRAIN, STEP_APPROVE, STEP_PAY, STEP_MEMBER };
#define STEP_COUNT 6
const char *step_label(enum step step);

enum step_standing {
    STEP_AHEAD,
    STEP_CURRENT, /* someone has to do it now */
    STEP_DONE,
    STEP_REFUSED,
    STEP_UNRECORDED, /* behind, but nothing here says whether it was done */
};

/* Something that happened to the person. at 0: nothing is known. */
struct progress_event {
    enum member_event event;
    int64_t at; /* ms */
    enum side by;
    struct str reason;
};

struct progress_facts {
    enum member_state state, before; /* before: what a closure ended; else STATE_NONE */
    int64_t state_at;
    const struct progress_event *events; /* oldest first */
    size_t n;
};

struct progress_step {
    enum step_standing standing;
    bool current;               /* the one step where it stands now */
    struct progress_event last; /* what brought it there */
};
struct progress {
    struct progress_step steps[STEP_COUNT];
    struct progress_event stopped; /* returned and closed: by what */
    bool waits;                    /* for someone, since then */
    enum side waits_for;
    int64_t since;
};
struct progress progress_of(const struct progress_facts *facts);

#endif
