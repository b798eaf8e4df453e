/* Which people a list holds. */
#ifndef APP_MEMBERS_FILTER_H
#define APP_MEMBERS_FILTER_H

#include "app/core/app.h"

struct member_filter {
    struct company_id company; /* 0: all, for the association */
    enum member_state state;   /* STATE_NONE: 全部 */
    struct str q;              /* as typed: contract.md, Lists */
    struct day expires_from, expires_to;
    struct day approved_from, approved_to; /* of an approval that stands */
    struct str document_no;                /* of the same: this 文号, however written; none: any */
};

/* SORT_USUAL is what suits the tab: soonest end first for 正式会员, 已过期 and a range of ends, else newest
 * first. What more than GATHERED_MAX (walk.h) people match stays in it. */
enum member_sort { SORT_USUAL, SORT_NEWEST, SORT_EXPIRY, SORT_NAME, SORT_WAITING };
#define SORT_COUNT 5
const char *member_sort_code(enum member_sort sort); /* of contract-desks.md; SORT_USUAL: none */
bool member_sort_parse(struct str code, enum member_sort *ret);

/* It names an approval: its days, its 文号. */
bool asks_approval(const struct member_filter *f);
struct day approved_first(const struct member_filter *f);
struct day approved_last(const struct member_filter *f);

#endif
