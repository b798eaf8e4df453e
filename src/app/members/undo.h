/* 撤销本次操作: a batch of 推荐, 推荐续期, 退回 or 批准, or a merge of companies, taken back by who did it,
 * within a day, each row to what it was before, while nothing newer depends on it. */
#ifndef APP_MEMBERS_UNDO_H
#define APP_MEMBERS_UNDO_H

#include "app/members/outcomes.h"

/* ret_token finds the outcome: each row done, or skipped as `newer`. Twice: the first one's. ST_NOT_FOUND:
 * somebody else's, or over; ST_CONFLICT: that act is not taken back so. */
enum status app_outcome_undo(struct ctx *c, struct str token, struct str once,
                             struct str *ret_token) MUST_USE;

#endif
