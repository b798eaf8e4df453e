/* 税号 on an invoice: since 2015 the unified social credit code; of 15, 17 or 20 letters and digits one from
 * before. */
#ifndef DOMAIN_TAX_NO_H
#define DOMAIN_TAX_NO_H

#include "base/str.h"

#define TAX_NO_MAX 20

#define TAX_NO_WRONG                                                                                         \
    "税号不对：18 位的是统一社会信用代码，请逐位核对（最后一位是校验码）；老税号 15、17 或 20 位"

/* Taken as typed_code takes it; "" of an empty one. credit_code: the organisation's, which may be repeated as
 * it is; "" where it is not known. False: not one. */
bool tax_no_parse(struct str typed, struct str credit_code, char ret[TAX_NO_MAX + 1]);

#endif
