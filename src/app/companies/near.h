/* Companies that are almost called so: 兰州春风监理公司 beside 春风监理有限公司. Somebody decides whether
 * they are one. */
#ifndef APP_COMPANIES_NEAR_H
#define APP_COMPANIES_NEAR_H

#include "app/core/app.h"
#include "gen/rows.h"

/* What distinguishes a name: folded, without place in front and legal form behind. */
struct str company_core(struct arena *a, struct str name);
/* Who is called so already, by a present or a former name, or almost: id 0 where nobody is. */
struct company_called {
    struct company_full same, near; /* near: enabled, where nobody is called so */
};
enum status company_called(struct ctx *c, struct str name, struct company_called *ret) MUST_USE;
/* The newest company whose name, or a former one, holds the core of this one; id 0: none. */
enum status company_near(struct ctx *c, struct str name, struct company_id *ret) MUST_USE;

#endif
