/* What happens to people: the transitions of product.md, one by one and in batches. A batch runs the single
 * one for each row in one transaction and says what it did: n done, m skipped, each with its reason. */
#ifndef APP_MEMBERS_DECIDE_H
#define APP_MEMBERS_DECIDE_H

#include "app/core/ledger.h"
#include "app/members/list.h"

/* Whom a batch is for: these, or everyone that a filter holds. */
struct selection {
    const struct member_id *ids;
    size_t n;
    bool all;
    struct member_filter filter;
    int64_t expect; /* with all: how many the person saw, or -1; ST_CONFLICT when it is no longer so */
};

#define DECISION_REASON_MAX 500 /* characters */
#define DOCUMENT_NO_MAX     50  /* characters */

struct decision {
    enum member_event event;
    struct str reason;
    bool not_ours;                 /* EVENT_RETURN_TO_PERSON: 非本单位人员, clears the employer */
    struct day approved_on;        /* EVENT_APPROVE: none is today */
    struct str document_no;        /* 文号 */
    struct company_id company;     /* EVENT_RESUBMIT: the employer named now */
    const struct changes *changes; /* EVENT_RESUBMIT: what is different, for the trail; or NULL */
};

/* The whole batch or nothing. `once` (or none) makes a form sent twice act once: the first answer is given
 * again. ret_token finds the outcome (app/outcomes.h). ST_NOT_FOUND when none of them is theirs.
 * ST_BAD_INPUT: fields reason, which sending back, closing and undoing need, document_no and approved_on. */
enum status app_members_decide(struct ctx *c, const struct decision *d, const struct selection *s,
                               struct str once, struct str *ret_token) MUST_USE;

/* One person, inside a transaction: ST_OK with ret_refusal MEMBER_MAY when it was done, ST_OK with a refusal
 * when the rules forbid it (nothing was changed), ST_NOT_FOUND when the person is not theirs. */
struct refusal {
    enum member_refusal why;
    struct str code, text;
};
enum status member_decide_one(struct ctx *c, const struct decision *d, struct member_full *m,
                              struct refusal *ret) MUST_USE;
/* By enum member_event: what who asks may do with the person now. For the buttons of a page. */
enum status member_may_each(struct ctx *c, const struct member_full *m, bool ret[EVENT_COUNT]) MUST_USE;
/* A person as the actor may have it: ST_NOT_FOUND for someone else's. */
enum status member_load(struct ctx *c, struct member_id id, struct member_full *ret) MUST_USE;
enum status member_stored_of(struct ctx *c, const struct member_full *m, enum member_stored *ret) MUST_USE;
struct subject member_subject(const struct member_full *m);

/* The person's own second thoughts: submitted → returned. With the same `once` again: ST_OK and nothing more
 * happens. */
enum status app_member_withdraw(struct ctx *c, struct str once) MUST_USE;

#endif
