/* What a batch did, kept for its result page: n done, m skipped, each with its reason. */
#ifndef APP_MEMBERS_OUTCOMES_H
#define APP_MEMBERS_OUTCOMES_H

#include "app/core/check.h"

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
struct outcome {
    enum member_event what;
    int64_t done;
    struct member_id last_done; /* or 0 */
    struct skipped_list skipped;
    struct company_ids companies; /* of those who were done; not kept */
};

void outcome_done(struct ctx *c, struct outcome *o, struct member_id id, struct company_id company);
void outcome_skip(struct ctx *c, struct outcome *o, const struct skipped *skipped);
/* Inside the batch's transaction, for whoever acts. */
enum status outcome_save(struct ctx *c, const struct outcome *o, struct str token) MUST_USE;

/* Only to who did it: ST_NOT_FOUND for others. */
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
