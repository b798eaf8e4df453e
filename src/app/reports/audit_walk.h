/* Walks the trail along one path; what else is asked for is sifted from its rows. By number, but a span of
 * days by the clock, which may have been set back between two rows. Private to this room. */
#ifndef APP_REPORTS_AUDIT_WALK_H
#define APP_REPORTS_AUDIT_WALK_H

#include "app/reports/audit_filter.h"
#include "gen/rows.h"

struct audit_spot {
    int64_t at, number;
};

struct audit_found {
    LIST(struct audit_line);
};

/* Names the order for cursors. */
const char *audit_order(const struct audit_filter *f);
/* Above the newest row. */
struct audit_spot audit_newest(void);
/* The next rows of the path behind `from`, not sifted; back: towards the newest. */
enum status audit_step(struct ctx *c, const struct audit_filter *f, struct audit_spot from, bool back,
                       struct audit_found *ret, bool *ret_over) MUST_USE;
/* Whether a row is one that is asked for. One whose address does not open may be. */
enum status audit_fits(struct ctx *c, const struct audit_filter *f, const struct audit_line *row,
                       bool *ret) MUST_USE;

#endif
