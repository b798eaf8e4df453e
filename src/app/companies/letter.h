/* 账号分配通知 on paper, as PDF. */
#ifndef APP_COMPANIES_LETTER_H
#define APP_COMPANIES_LETTER_H

#include "app/companies/companies.h"

/* With the password that was just made: whoever has it may print it. The result lives in c->arena. url is the
 * public address (--url), without a slash at the end. */
enum status app_letter_pdf(struct ctx *c, const struct one_time *account, struct str url,
                           struct bytes *ret) MUST_USE;

#endif
