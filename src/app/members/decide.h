/* What happens to people: the transitions of product.md, one by one and in batches. A batch runs the single
 * one for each row in one transaction and says what it did: n done, m skipped, each with its reason. */
#ifndef APP_MEMBERS_DECIDE_H
#define APP_MEMBERS_DECIDE_H

#include "app/members/decision.h"
#include "app/members/list.h"
#include "app/members/load.h"
#include "app/members/outcomes.h"
#include "app/members/selection.h"

/* The whole batch or nothing. `once` (or none) makes a form sent twice act once: the first answer is given
 * again. ret_token finds the outcome (app/outcomes.h). ST_NOT_FOUND when none of them is theirs.
 * ST_BAD_INPUT: fields reason, which sending back, closing and undoing need, document_no and approved_on. */
enum status app_members_decide(struct ctx *c, const struct decision *d, const struct selection *s,
                               struct str once, struct str *ret_token) MUST_USE;

/* ST_BAD_INPUT as above, before anything is done. */
enum status member_decision_check(struct ctx *c, const struct decision *d) MUST_USE;

/* What a decision would do, by doing it and taking it back: nothing is kept. Errors as above. */
struct foreseen {
    struct outcome *outcome;
    struct str companies; /* of those that it would be done to, for the association: some names */
};
enum status app_members_foresee(struct ctx *c, const struct decision *d, const struct selection *s,
                                struct foreseen *ret) MUST_USE;

/* One person, inside a transaction: ST_OK with MEMBER_MAY when it was done, ST_OK with a refusal
 * when the rules forbid it (nothing was changed), ST_NOT_FOUND when the person is not theirs. */
enum status member_decide_one(struct ctx *c, const struct decision *d, struct member_full *m,
                              struct refusal *ret) MUST_USE;
/* What the rules ask about a person, as who asks may know it. */
enum status member_facts_of(struct ctx *c, const struct member_full *m, struct member_facts *ret) MUST_USE;
/* By enum member_event: what who asks may do with the person now. For the buttons of a page. */
enum status member_may_each(struct ctx *c, const struct member_full *m, bool ret[EVENT_COUNT]) MUST_USE;

/* The person's own second thoughts: submitted → returned. With the same `once` again: ST_OK and nothing more
 * happens. */
enum status app_member_withdraw(struct ctx *c, struct str once) MUST_USE;

#endif
