/* 单位信息: what a company says of itself, and what the association adds: 会员单位, its level, 开票抬头,
 * 税号. */
#ifndef APP_COMPANIES_UNIT_H
#define APP_COMPANIES_UNIT_H

#include "app/companies/companies.h"
#include "app/companies/unit_fields.h"

/* The main clerk's: name and credit code are the association's. ST_CONFLICT: somebody was faster. */
struct own_unit_input {
    struct str contact, phone, address, title, tax_no, once;
    int64_t version;
};
enum status app_unit(struct ctx *c, struct company_full *ret) MUST_USE;
enum status app_unit_update(struct ctx *c, const struct own_unit_input *in) MUST_USE;

#endif
