/* Which people a list holds. */
#ifndef APP_MEMBERS_FILTER_H
#define APP_MEMBERS_FILTER_H

#include "app/core/app.h"

struct member_filter {
    struct company_id company; /* 0: all, for the association */
    enum member_state state;   /* STATE_NONE: 全部 */
    struct str q;              /* as typed: contract.md, Lists */
    struct day expires_from, expires_to;
};

#endif
