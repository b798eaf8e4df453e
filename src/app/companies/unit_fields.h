/* 会员单位, its level, 开票抬头, 税号: what is typed of them, checked. */
#ifndef APP_COMPANIES_UNIT_FIELDS_H
#define APP_COMPANIES_UNIT_FIELDS_H

#include "app/core/ctx.h"
#include "gen/rows.h"

/* As typed; none (not even an empty text): it stays. */
struct unit_input {
    struct str unit_valid_to, unit_level, title, tax_no;
};
struct unit_checked {
    struct day unit_valid_to;
    struct str unit_level, title, tax_no;
};
/* Problems of those fields; what is none is that of `old`. credit_code: the company's, which a 税号 may
 * repeat as it is. */
void unit_check(struct ctx *c, const struct unit_input *in, const struct company_full *old,
                struct str credit_code, struct unit_checked *ret);

/* 会员单位 once, and over. What was never registered is not over. */
bool unit_lapsed(const struct company_full *company, struct day today);

#define UNIT_LEVEL_MAX 20 /* characters */
#define UNIT_TITLE_MAX 60

#endif
