/* Companies that are almost called so: 兰州春风监理公司 beside 春风监理有限公司. Somebody decides whether
 * they are one. */
#ifndef APP_IMPORTS_NEAR_H
#define APP_IMPORTS_NEAR_H

#include "app/core/app.h"

/* What distinguishes a name: folded, without place in front and legal form behind. */
struct str company_core(struct arena *a, struct str name);
/* The newest company whose name, or a former one, holds the core of this one; id 0: none. */
enum status company_near(struct ctx *c, struct str name, struct company_id *ret) MUST_USE;

#endif
