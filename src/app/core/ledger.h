/* What a transaction has noted and the commit writes last of all: who did what to whom and with which result,
 * as rows of the trail, chained by a MAC (design: audit last); and how the counters move. */
#ifndef APP_CORE_LEDGER_H
#define APP_CORE_LEDGER_H

#include "app/core/detail.h"

struct audit_note {
    const char *event;      /* noun.verb, a stable word: member.recommend */
    const char *result;     /* NULL: ok; else why not, a stable word */
    const struct actor *by; /* NULL: who asks. Else who did it: at a login nobody asks yet */
    struct subject about;
    struct company_id company;
    struct batch_id batch;
    bool shown; /* to the person, under 历史动态 */
    struct str note;
    struct changes changes;
};

/* Inside a transaction. */
enum status audit_add(struct ctx *c, const struct audit_note *note) MUST_USE;
/* n more members of a company (or none) with this stored state and period end; negative: fewer. */
void counter_add(struct ctx *c, struct company_id company, struct str state, struct day period_end,
                 int64_t n);

/* A transaction begins: for app_begin. */
void pending_start(struct ctx *c);
/* Its commit is durable: the high-water mark beside the keys may move on. */
void pending_done(struct app *app, const struct pending *p);
/* For db_set_last. */
enum status audit_write_last(struct db_conn *tx, void *pending);
/* The chain's first link: once, for a new database. */
enum status audit_start(struct ctx *c) MUST_USE;

#endif
