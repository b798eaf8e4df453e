/* What happens to whom in demo data, and when: worked out in memory, before anything is written, so that rows
 * can go in in the order of time. Repeatable by seed and today. */
#ifndef APP_DEMO_PLAN_H
#define APP_DEMO_PLAN_H

#include "base/random.h"
#include "domain/batch.h"
#include "domain/member.h"
#include "domain/period.h"

/* A recommendation and what became of it. */
struct demo_term {
    enum batch_kind kind;
    int64_t recommended_at;
    int64_t approved_at; /* 0: it waits */
    struct period period;
};

/* A person's way so far. */
struct demo_career {
    size_t company; /* which one */
    size_t drawn;   /* the how many-th that was drawn */
    enum member_state state;
    int64_t registered_at;
    struct demo_term terms[2];
    size_t n_terms;
    int64_t left_at; /* returned or closed then */
    const char *reason;
    int number_year; /* 会员编号: 0 when none was given */
    int64_t number;
};

struct demo_world {
    struct day today;
    size_t members, companies;
    struct period_rules rules;
};

struct demo_plan {
    struct demo_career *careers; /* by registration */
    size_t n;
    int first_year;
    size_t n_years;
    int64_t *numbers; /* how many were given in each year */
};
/* The first that are drawn are of company 0 and show every state, the next ones of company 1. Plans live in
 * the arena. */
void demo_plan_make(struct arena *a, struct seed *s, const struct demo_world *w, struct demo_plan *ret);

/* Everything that happened, by time. */
struct demo_event {
    int64_t at;
    size_t career; /* index in the plan */
    enum member_event event;
};
struct demo_events {
    LIST(struct demo_event);
};
struct demo_events demo_plan_events(struct arena *a, const struct demo_plan *plan);

/* Every recommendation as a place in a batch: by day of the decision (those that wait last), company,
 * kind, time: the newest batches have the highest ids, as in life. People of a company and kind who were
 * decided on the same day were in the same batch. */
struct demo_place {
    size_t company, career;
    enum batch_kind kind;
    struct day decided; /* none: it waits */
    int64_t recommended_at, approved_at;
};
struct demo_places {
    LIST(struct demo_place);
};
struct demo_places demo_plan_places(struct arena *a, const struct demo_plan *plan);

#endif
