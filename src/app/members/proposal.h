/* 单位不在列表中: what a person's employer is called that is not in the list (proposed.h decides). */
#ifndef APP_MEMBERS_PROPOSAL_H
#define APP_MEMBERS_PROPOSAL_H

#include "app/core/app.h"

/* Inside the transaction of 提交 or 重新提交, in place of the one before; an empty name: none. */
enum status proposal_put(struct ctx *c, struct member_id member, struct str name) MUST_USE;
/* The newest one's name, whatever became of it; "" for none. Reads. */
enum status proposal_of(struct ctx *c, struct member_id member, struct str *ret) MUST_USE;
/* 甘肃新安监理有限公司（不在列表中） */
struct str proposal_label(struct arena *a, struct str name);

#endif
