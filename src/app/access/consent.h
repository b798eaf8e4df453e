/* Whoever is a member or a company's clerk agrees to the 个人信息处理规则 in force before anything else
 * (contract-desks.md, /consent). */
#ifndef APP_ACCESS_CONSENT_H
#define APP_ACCESS_CONSENT_H

#include "app/core/privacy.h"

struct consent_given {
    bool terms, sensitive;
    struct str version; /* that was read; none: the one in force */
    struct str session; /* what was typed before is filled in again in it: access/kept.h */
};
/* By c->actor, to the version in force. ST_BAD_INPUT with problems of consent, consent_sensitive;
 * ST_CONFLICT: another version is in force by now. Agreeing again changes nothing. */
enum status app_consent(struct ctx *c, const struct consent_given *given) MUST_USE;

#endif
