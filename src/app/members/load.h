/* A person's row, as who asks may have it. */
#ifndef APP_MEMBERS_LOAD_H
#define APP_MEMBERS_LOAD_H

#include "app/core/app.h"
#include "app/core/ledger.h"
#include "gen/rows.h"

/* ST_NOT_FOUND for someone else's. */
enum status member_load(struct ctx *c, struct member_id id, struct member_full *ret) MUST_USE;
enum status member_stored_of(struct ctx *c, const struct member_full *m, enum member_stored *ret) MUST_USE;
struct subject member_subject(const struct member_full *m);

#endif
