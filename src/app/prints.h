/* 打印: what goes on paper, as PDF. Results live in c->arena. url is the public address (--url), without a
 * slash at the end. ST_TOO_LARGE: more than one print can hold. */
#ifndef APP_PRINTS_H
#define APP_PRINTS_H

#include "app/batches.h"
#include "app/companies.h"

/* 推荐汇总表: batches as app_batches_print or app_batch_print gave them, which asked who may and noted it. At
 * least one: ST_NOT_FOUND for none. */
enum status app_summary_pdf(struct ctx *c, const struct batch_sheets *sheets, struct str url,
                            struct bytes *ret) MUST_USE;
/* The same table of the company's people in a state (STATE_NONE: all) that is no recommendation: a list
 * without number and 核验码. Noted with how many. */
enum status app_tab_pdf(struct ctx *c, enum member_state state, struct bytes *ret) MUST_USE;
/* 入会申请表, for the person, the own company and the association (查看 sees the ID number masked); noted
 * unless it is the person who prints. */
enum status app_application_pdf(struct ctx *c, struct member_id id, struct bytes *ret) MUST_USE;
/* 账号分配通知 with the password that was just made: whoever has it may print it. */
enum status app_letter_pdf(struct ctx *c, const struct one_time *account, struct str url,
                           struct bytes *ret) MUST_USE;

#endif
