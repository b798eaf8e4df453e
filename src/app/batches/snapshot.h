/* What the summary says of a person: the columns of the print, read from the person or sealed as they were
 * printed or decided on. Sealed by name (core/pack.h). Results live in c->arena. */
#ifndef APP_BATCHES_SNAPSHOT_H
#define APP_BATCHES_SNAPSHOT_H

#include "app/core/app.h"
#include "crypto/seal.h"
#include "gen/rows.h"

struct snapshot {
    struct str name, sex, id_number, education, major, title, post, mobile, number_and_end;
    struct str remark; /* 备注 on that print: what was decided by then */
};

/* How a person now differs from a print. KEY: name or ID number, which the 核验码 covers. */
enum batch_change { CHANGE_NONE, CHANGE_FACTS, CHANGE_KEY, CHANGE_JOINED, CHANGE_LEFT };
const char *batch_change_code(enum batch_change change); /* "", facts, key, joined, left */

/* Of the person as the row says it. ST_BROKEN for a row that does not open. */
enum status snapshot_of(struct ctx *c, const struct member_full *m, struct snapshot *ret) MUST_USE;
struct bytes snapshot_seal(struct ctx *c, struct seal_place at, const struct snapshot *s);
/* ST_BROKEN when it was not sealed for this place, or is no snapshot. Reads those of the first version, too.
 */
enum status snapshot_open(struct ctx *c, struct seal_place at, struct bytes sealed,
                          struct snapshot *ret) MUST_USE;
/* NONE, FACTS or KEY; ret_words gets the names of the columns that differ. */
enum batch_change snapshot_compare(struct ctx *c, const struct snapshot *was, const struct snapshot *now,
                                   struct str *ret_words);

/* Where they are kept: of a decided item, and in a print. */
struct seal_place snapshot_of_item(struct bytes batch_uid, int64_t position);
struct seal_place snapshot_of_print(struct bytes print_uid, int64_t position);

#endif
