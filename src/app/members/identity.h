/* A person's ID number, corrected by the association: it is the account's name, too. What was printed stays
 * as it was sealed. */
#ifndef APP_MEMBERS_IDENTITY_H
#define APP_MEMBERS_IDENTITY_H

#include "app/core/detail.h"
#include "app/core/looks.h"
#include "domain/id_number.h"

/* What was typed: empty, or what is stored already, is no change (ret->text empty). Problems of field
 * id_number: it is none, or somebody else's. Reads. */
enum status identity_check(struct ctx *c, struct member_id id, struct str stored, struct str typed,
                           struct id_number *ret) MUST_USE;
/* Inside a transaction, the person held: the number, its indexes, sex and year of birth, the account's login;
 * the person's sessions end. *m is brought up to date. */
enum status identity_change(struct ctx *c, struct member_full *m, const struct id_number *to) MUST_USE;
/* The same, or where it waits for a second look the asking for it; it stands in 待复核 either way, and what
 * changed is added for the trail. */
enum status identity_correct(struct ctx *c, struct member_full *m, struct str stored,
                             const struct id_number *to, struct str reason, struct changes *changes) MUST_USE;
/* For feature.c: what waited. */
enum status identity_carry_out(struct ctx *c, const struct look *l, bool refused) MUST_USE;

#endif
