/* How a list of people is walked: one driving access path (an index) each, forward and back; what else is
 * asked for is sifted from its rows, with a bound on how many are looked at. Private to the lists of this
 * floor. */
#ifndef APP_MEMBERS_WALK_H
#define APP_MEMBERS_WALK_H

#include "app/members/filter.h"
#include "gen/rows.h"

#define WALK_CHUNK     200  /* rows read at a time where they are sifted */
#define WALK_SCAN_ROWS 5000 /* looked at in one step at most; then `last` says where to go on */

enum path {
    PATH_NEWEST,
    PATH_STATE,
    PATH_ENDING,
    PATH_GRAM,
    PATH_TAIL,
    PATH_MOBILE,
    PATH_COMPANIES,
    PATH_ONE,
    PATH_NOBODY
};

/* A filter, ready to be walked. */
struct walk {
    const struct member_filter *filter;
    enum path path;
    struct member_range range;      /* stored state and ends of the filter's state */
    struct str gram, folded;        /* PATH_GRAM: what drives, and what the name must hold */
    struct bytes index;             /* PATH_TAIL, PATH_MOBILE */
    struct member_id one;           /* PATH_ONE */
    struct company_lines companies; /* PATH_COMPANIES */
    struct day from_end, to_end;    /* PATH_ENDING */
};

/* Where a walk stands: at this row. Newest first by id, or soonest end first. */
struct spot {
    struct day end; /* PATH_ENDING only */
    struct member_id id;
};
#define WALK_TOP ((struct spot){DAY_NONE, {INT64_MAX}}) /* before the first row, newest first */
struct spot walk_start(const struct walk *w);           /* before the first row of this walk */

struct walk_rows {
    const struct member_line **p;
    size_t n, cap;
    struct spot last; /* looked at */
    bool over;        /* nothing lies behind */
};

enum status walk_plan(struct ctx *c, const struct member_filter *f, struct walk *ret) MUST_USE;
/* Up to `most` rows behind `from` that the filter keeps, nearest first. */
enum status walk_step(struct ctx *c, const struct walk *w, struct spot from, bool back, int64_t most,
                      struct walk_rows *ret) MUST_USE;
const char *walk_order(const struct walk *w); /* for its cursors */
struct spot spot_of(const struct walk *w, const struct member_line *row);

#endif
