/* 打印: what goes on paper, as PDF. Results live in c->arena. url is the public address (--url), without a
 * slash at the end. ST_TOO_LARGE: more than one print can hold. */
#ifndef APP_BATCHES_PRINTS_H
#define APP_BATCHES_PRINTS_H

#include "app/companies/companies.h"

/* 入会申请表, for the person, the own company and the association (查看 sees the ID number masked); noted
 * unless it is the person who prints. */
enum status app_application_pdf(struct ctx *c, struct member_id id, struct bytes *ret) MUST_USE;
/* 账号分配通知 with the password that was just made: whoever has it may print it. */
enum status app_letter_pdf(struct ctx *c, const struct one_time *account, struct str url,
                           struct bytes *ret) MUST_USE;

#endif
