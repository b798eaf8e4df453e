/* What a batch did, kept for its result page: n done, m skipped, each with its reason. */
#ifndef APP_MEMBERS_OUTCOMES_H
#define APP_MEMBERS_OUTCOMES_H

#include "app/core/check.h"
#include "gen/rows.h"

struct skipped {
    struct member_id id;
    struct str name; /* none when it is not theirs to know */
    struct str code; /* stable word: wrong_state, not_found … */
    struct str text;
};
struct skipped_list {
    LIST(struct skipped);
};
struct company_ids {
    LIST(struct company_id);
};
/* How one who was done was before, and the version that it left behind: for undoing it. */
struct done_row {
    struct member_id id;
    int64_t version, was_state_at;
    struct str was_state, was_reason;
    struct company_id was_company;
};
struct done_rows {
    LIST(struct done_row);
};
enum outcome_kind { OUTCOME_DECISION, OUTCOME_PERIOD, OUTCOME_MERGE };
struct outcome {
    enum outcome_kind kind;
    enum member_event what; /* of a decision */
    struct str undoes;      /* token of the outcome that this one took back, or none */
    struct str undone;      /* token of the one that took this back, or none; not kept */
    int64_t done;
    struct member_id last_done;          /* or 0 */
    struct skipped_list skipped, warned; /* warned: done, and yet */
    struct company_ids companies;        /* of those who were done; not kept */
    struct done_rows rows;               /* kept where it may be undone; not read */
};

/* m: as it is now; was: before, or NULL where nobody undoes it. */
void outcome_done(struct ctx *c, struct outcome *o, const struct member_full *was,
                  const struct member_full *m);
void outcome_skip(struct ctx *c, struct outcome *o, const struct skipped *skipped);
void outcome_warn(struct ctx *c, struct outcome *o, const struct skipped *warned);
/* Inside the batch's transaction, for whoever acts. */
enum status outcome_save(struct ctx *c, const struct outcome *o, struct str token) MUST_USE;

/* 撤销本次操作 takes such an act back, and nobody has yet. */
bool outcome_may_be_undone(const struct outcome *o);
/* Only to who did it, a day: ST_NOT_FOUND for others. */
enum status app_outcome(struct ctx *c, struct str token, struct outcome *ret) MUST_USE;
/* After 批准: who waits next, in the same batch if somebody does, else the longest; id 0 for nobody. */
struct following {
    struct member_id id;
    struct str name;
};
enum status app_outcome_following(struct ctx *c, const struct outcome *o, struct following *ret) MUST_USE;
/* 下载明细: the skipped rows as .csv, in c->arena. */
enum status app_outcome_csv(struct ctx *c, struct str token, struct bytes *ret) MUST_USE;

/* For feature.c. */
enum status look_at_outcomes(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
