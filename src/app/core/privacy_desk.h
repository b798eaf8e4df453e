/* The versions of the 个人信息处理规则, and a new one (contract-desks.md, /staff/privacy). What was published
 * is never changed: a mistake is mended by the next version. */
#ifndef APP_CORE_PRIVACY_DESK_H
#define APP_CORE_PRIVACY_DESK_H

#include "app/core/privacy.h"
#include "gen/rows.h"

#define PRIVACY_TEXT_MOST   10000 /* characters */
#define PRIVACY_REASON_MOST 200

struct privacy_versions {
    struct privacy_rules now; /* in force */
    struct str typed;         /* its text as one would type it: a heading is a line that begins with # */
    struct privacy_versions_rows rows; /* newest first */
    int64_t newest;                    /* id */
};
/* ST_FORBIDDEN: not for a system administrator. */
enum status app_privacy_versions(struct ctx *c, struct str url, struct privacy_versions *ret) MUST_USE;

struct privacy_draft {
    struct str text, in_force_from, reason;
    int64_t newest;  /* the id that was the newest when it was begun; ST_CONFLICT when it is another by now */
    struct str once; /* core/once.h */
};
/* In force from its day on, for the next request; of two of the same day the later one. It is called by its
 * day, further ones of that day by -2, -3 … behind it. ST_BAD_INPUT with problems of text, in_force_from,
 * reason. */
enum status app_privacy_publish(struct ctx *c, const struct privacy_draft *draft) MUST_USE;

#endif
