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
struct str privacy_in_force(struct ctx *c);

#endif
