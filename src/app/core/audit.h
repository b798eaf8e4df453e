/* The trail: who did what to whom, and with which result. Rows are noted while a use case runs and written by
 * the commit, last of all, chained by a MAC whose key is not in the database (design: audit last). Before and
 * after are sealed with a key of the person concerned. Counters travel the same way. */
#ifndef APP_CORE_AUDIT_H
#define APP_CORE_AUDIT_H

#include "app/core/app.h"
#include "gen/rows.h"

/* What changed, as labels and values that a person reads. */
struct change {
    struct str field, before, after;
};
struct changes {
    struct change *p;
    size_t n, cap;
};

/* Whom a row is about, and the key that seals its detail. */
struct subject {
    struct member_id member;
    struct bytes uid, data_key_sealed;
};

struct audit_note {
    const char *event;  /* noun.verb, a stable word: member.recommend */
    const char *result; /* NULL: ok; else why not, a stable word */
    struct subject about;
    struct company_id company;
    struct batch_id batch;
    bool shown; /* to the person, under 历史动态 */
    struct str note;
    struct changes changes;
};

/* Inside a transaction. */
enum status audit_add(struct ctx *c, const struct audit_note *note) MUST_USE;
/* The same in a transaction of its own: for what only reads. Ends the request's snapshot. */
enum status audit_add_alone(struct ctx *c, const struct audit_note *note) MUST_USE;
/* n more members of a company (or none) with this stored state and period end; negative: fewer. */
void counter_add(struct ctx *c, struct company_id company, struct str state, struct day period_end,
                 int64_t n);

/* The detail of a row, opened again. A detail whose key was destroyed is empty. */
struct audit_detail {
    struct str note;
    struct changes changes;
};
enum status audit_open(struct ctx *c, const struct subject *about, struct bytes detail_sealed,
                       struct audit_detail *ret) MUST_USE;

/* A transaction begins: for app_begin. */
void pending_start(struct ctx *c);
/* For db_set_last. */
enum status audit_write_last(struct db_conn *tx, void *pending);
/* The chain's first link: once, for a new database. */
enum status audit_start(struct ctx *c) MUST_USE;
/* Walks the whole chain. ret_bad is the number of the first row that does not check, 0 when all do. */
enum status app_audit_verify(struct ctx *c, int64_t *ret_rows, int64_t *ret_bad) MUST_USE;

#endif
