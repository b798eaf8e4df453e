/* 个人信息处理规则 (PIPL 17, 30): what is collected, why, for how long, and what people may ask for. Each
 * version is kept as it was agreed to; a consent names its version. */
#ifndef APP_CORE_PRIVACY_H
#define APP_CORE_PRIVACY_H

#include "app/core/texts.h"

struct privacy_rules {
    struct str version; /* a stable word */
    struct day in_force_from;
    struct text text;
    bool in_force;
};

/* That version, or with none the one in force. ST_NOT_FOUND: there is no such version. */
enum status app_privacy(struct ctx *c, struct str version, struct str url,
                        struct privacy_rules *ret) MUST_USE;
/* What whoever consents today agrees to. */
enum status privacy_in_force(struct ctx *c, struct str *ret) MUST_USE;
/* Both consents of the account to that version, in a transaction; those that stand already stay as they are.
 */
enum status consent_give(struct ctx *c, struct account_id account, struct str version, int64_t at) MUST_USE;
/* Whether the account has not agreed, or not to both, to the version in force. */
enum status consent_is_due(struct ctx *c, struct account_id account, bool *ret) MUST_USE;

/* What was agreed to before the rules had a page and versions; its text is not kept. */
#define CONSENT_BEFORE_VERSIONS STR("2026-11")
/* For feature.c. */
enum status look_at_consents(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
