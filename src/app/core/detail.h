/* The detail of an audit row: a note and what changed, as labels and values that a person reads; sealed with
 * the key of the person concerned, else with the register's. */
#ifndef APP_CORE_DETAIL_H
#define APP_CORE_DETAIL_H

#include "app/core/ctx.h"

struct change {
    struct str field, before, after;
};
struct changes {
    LIST(struct change);
};
struct audit_detail {
    struct str note;
    struct changes changes;
};

/* Whom a row is about, and the key that seals its detail. */
struct subject {
    struct member_id member;
    struct bytes uid, data_key_sealed;
};

/* Nothing to say: no bytes. */
enum status detail_seal(struct ctx *c, const struct subject *about, const struct audit_detail *detail,
                        struct bytes *ret) MUST_USE;
/* Opened again; digest is the row's, and binds it to that row. ST_BROKEN: it is another's. A detail whose key
 * was destroyed is empty. */
enum status detail_open(struct ctx *c, const struct subject *about, struct bytes digest,
                        struct bytes detail_sealed, struct audit_detail *ret) MUST_USE;

#endif
