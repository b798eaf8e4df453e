/* Two companies become one: the people and clerks of the first work for the second from a day on, its names
 * find the second and still log in. A batch, with its outcome; taken back by 撤销本次操作 (members/undo.h).
 */
#ifndef APP_MEMBERS_MERGE_H
#define APP_MEMBERS_MERGE_H

#include "app/members/outcomes.h"

/* As typed. */
struct merge_asked {
    struct str from, into, effective_on;
};
struct merge {
    struct company_full from, into;
    struct day on;
    int64_t people, waiting; /* waiting: recommended; they stay in the sheets of the first */
    int64_t clerks;
};
/* What it would do. Problems of fields from, into, effective_on. */
enum status app_company_merge_preview(struct ctx *c, const struct merge_asked *in,
                                      struct merge *ret) MUST_USE;
/* ret_token finds the outcome. Errors as above; ST_BAD_INPUT also for too many people at once. */
enum status app_company_merge(struct ctx *c, const struct merge_asked *in, struct str once,
                              struct str *ret_token) MUST_USE;

/* For undo.c: what stands around the rows. Inside its transaction, people held. ST_CONFLICT: the second
 * company was merged itself. */
enum status merge_take_back(struct ctx *c, struct str token, struct company_merge_full *ret) MUST_USE;
/* One person back to the first company. */
enum status merge_restore(struct ctx *c, const struct company_merge_full *merge,
                          struct member_full *m) MUST_USE;

#endif
