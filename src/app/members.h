/* What happens to people: the transitions of product.md, one by one and in batches. A batch runs the single one for each
 * row in one transaction and says what it did: n done, m skipped, each with its reason. */
#ifndef APP_MEMBERS_H
#define APP_MEMBERS_H

#include "app/audit.h"
#include "app/member_list.h"

/* Whom a batch is for: these, or everyone that a filter holds. */
struct selection {
    const struct member_id *ids;
    size_t n;
    bool all;
    struct member_filter filter;
    int64_t expect; /* with all: how many the person saw, or -1; ST_CONFLICT when it is no longer so */
};

struct decision {
    enum member_event event;
    struct str reason;
    bool not_ours;           /* EVENT_RETURN_TO_PERSON: 非本单位人员, clears the employer */
    struct day approved_on;  /* EVENT_APPROVE: none is today */
    struct str document_no;  /* 文号 */
    struct company_id company; /* EVENT_RESUBMIT: the employer named now */
    const struct changes *changes; /* EVENT_RESUBMIT: what is different, for the trail; or NULL */
};

struct skipped {
    struct member_id id;
    struct str name; /* none when it is not theirs to know */
    struct str code; /* stable word: wrong_state, not_found … */
    struct str text;
};
struct skipped_list {
    struct skipped *p;
    size_t n, cap;
};
struct outcome {
    struct str what; /* 推荐, 批准 … */
    int64_t done;
    struct skipped_list skipped;
};

/* The whole batch or nothing. `once` (or none) makes a form sent twice act once: the first answer is given again.
 * ret_token finds the outcome for the result page. ST_NOT_FOUND when none of them is theirs. */
enum status app_members_decide(struct ctx *c, const struct decision *d, const struct selection *s, struct str once,
                               struct str *ret_token) MUST_USE;
enum status app_outcome(struct ctx *c, struct str token, struct outcome *ret) MUST_USE;

/* One person, inside a transaction: ST_OK with ret_refusal MEMBER_MAY when it was done, ST_OK with a refusal when the
 * rules forbid it (nothing was changed), ST_NOT_FOUND when the person is not theirs. */
struct refusal {
    enum member_refusal why;
    struct str code, text;
};
enum status member_decide_one(struct ctx *c, const struct decision *d, struct member_full *m,
                              struct refusal *ret) MUST_USE;
/* A person as the actor may have it: ST_NOT_FOUND for someone else's. */
enum status member_load(struct ctx *c, struct member_id id, struct member_full *ret) MUST_USE;
enum status member_stored_of(struct ctx *c, const struct member_full *m, enum member_stored *ret) MUST_USE;
struct subject member_subject(const struct member_full *m);

/* The person's own second thoughts: submitted → returned. */
enum status app_member_withdraw(struct ctx *c) MUST_USE;

#endif
