/* Amounts are integer fen. */
#ifndef DOMAIN_MONEY_H
#define DOMAIN_MONEY_H

#include "base/arena.h"

struct str money_text(struct arena *a, int64_t fen); /* 1,000.00 */

/* Chinese capitals for printed totals, by 支付结算办法 附一 (中文大写): 壹仟元整, 贰佰零伍元零肆分, 负叁角整.
 * A zero that the rule leaves open is not written. Amounts below 10^16 yuan. */
struct str money_capitals(struct arena *a, int64_t fen);

/* Yuan as typed or imported: 1000, 1,000.5, ￥200.00; at most two decimals, no sign, up to
 * 999,999,999,999.99. */
bool money_parse(struct str typed, int64_t *ret_fen);

int64_t money_fee(int64_t fen_per_year, int people, int years);

#endif
