/* Running numbers (table series): which series there are, and how a number of theirs is written. Inside a
 * transaction. */
#ifndef APP_CORE_SERIES_H
#define APP_CORE_SERIES_H

#include "app/core/app.h"
#include "domain/batch.h"

/* `by` further; ret_last is the last of them. */
enum status series_member(struct ctx *c, int year, int64_t by, int64_t *ret_last) MUST_USE;
enum status series_batch(struct ctx *c, struct company_id company, enum batch_kind kind, int year,
                         int64_t *ret_last) MUST_USE;
enum status series_company(struct ctx *c, int64_t *ret_last) MUST_USE;

struct str series_member_text(struct ctx *c, int year,
                              int64_t number);                 /* 会员编号: prefix, year, six digits */
struct str series_company_text(struct ctx *c, int64_t number); /* 0001; 0000 is 协会直管 */

#endif
