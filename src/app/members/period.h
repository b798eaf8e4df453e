/* 更正批准日期: the wrong meeting date, or 文号, of approvals, as a batch. The period moves with it; 会员编号
 * and what was paid stay; what it said before is kept. */
#ifndef APP_MEMBERS_PERIOD_H
#define APP_MEMBERS_PERIOD_H

#include "app/members/outcomes.h"
#include "app/members/selection.h"

struct period_correction {
    struct day approved_on;
    struct str document_no; /* none: it stays */
    struct str reason;
};

/* The newest approval of each, or the one that the selection's filter names by its days or 文号; skipped
 * `newer` when a later one stands. The whole batch or nothing, as app_members_decide. ST_BAD_INPUT:
 * approved_on, document_no, reason. */
enum status app_members_period(struct ctx *c, const struct period_correction *p, const struct selection *s,
                               struct str once, struct str *ret_token) MUST_USE;
/* What it would do, by doing it and taking it back. */
enum status app_members_period_foresee(struct ctx *c, const struct period_correction *p,
                                       const struct selection *s, struct outcome **ret) MUST_USE;

#endif
