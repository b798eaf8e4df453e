/* 个人会员注册: three steps on a draft that lives a day, and 重新提交. The draft hangs on a random cookie of
 * its own; its ID number and fields are sealed. */
#ifndef APP_MEMBERS_REGISTER_H
#define APP_MEMBERS_REGISTER_H

#include "app/core/check.h"
#include "app/members/person.h"
#include "app/members/photos.h"

/* Step 1. Wrong fields: id_number, password, password_again, consent, consent_sensitive. Only when these are
 * right, and nothing was wrong before, is the number looked up; that is one of the tries that the address has
 * in an hour. A draft of this number and password goes on; with another password one begins beside it, and
 * nothing in answer or time tells that there is one. ST_TOO_MANY: too many tries or drafts. */
struct register_input {
    struct str id_number, password, password_again;
    bool consent, consent_sensitive;
};
enum status app_register_start(struct ctx *c, const struct register_input *in, struct str address,
                               struct str *ret_token) MUST_USE;

#define DRAFT_HOURS 24

struct draft {
    struct draft_full row;
    struct str id_number; /* in full: it is the person's own */
    struct person_input fields;
    struct str rules; /* the version of the 个人信息处理规则 that was agreed to */
    bool has_photo;
    bool photo_anyway; /* 仍要提交 was ticked */
};
/* ST_LOGIN: no draft, or a day over. */
enum status app_register_draft(struct ctx *c, struct str token, struct draft *ret) MUST_USE;
/* Step 2: keeps what was typed even when it is wrong, and a photo that passes, in place of the one before;
 * then ST_BAD_INPUT with the problems, or ST_TOO_MANY for one photo after the other. */
enum status app_register_details(struct ctx *c, struct str token, const struct person_input *in,
                                 const struct photo_input *photo) MUST_USE;
/* Before step 3: what 提交 will store, or ST_BAD_INPUT with what it would refuse. */
enum status app_register_check(struct ctx *c, const struct draft *d, struct person *ret) MUST_USE;
/* Step 3. All is checked again. Sent again: ST_OK and nothing more happens. */
enum status app_register_submit(struct ctx *c, struct str token) MUST_USE;
/* Afterwards the browser holds a receipt instead of the draft: it says where the application went, and
 * nothing of the person. */
enum status app_register_receipt(struct ctx *c, struct str token, struct str *ret) MUST_USE;
struct submitted {
    struct str company_name, company_contact, company_phone; /* none: 单位不在列表中 */
};
/* ST_LOGIN: no receipt of ours. */
enum status app_register_submitted(struct ctx *c, struct str receipt, struct submitted *ret) MUST_USE;
enum status app_register_photo(struct ctx *c, struct str token, struct bytes *ret) MUST_USE;

/* For feature.c. */
enum status drafts_upgrade(struct ctx *c, bool *ret_more) MUST_USE;
enum status look_at_drafts(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
