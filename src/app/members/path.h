/* How a list of people is walked: one driving access path (an index) each, forward and back; what else is
 * asked for is sifted from its rows, with a bound on how many are looked at. Private to the lists of this
 * floor. */
#ifndef APP_MEMBERS_PATH_H
#define APP_MEMBERS_PATH_H

#include "app/members/filter.h"
#include "gen/rows.h"

#define WALK_CHUNK     200  /* rows read at a time where they are sifted */
#define WALK_SCAN_ROWS 5000 /* looked at in one step at most; then `last` says where to go on */
#define GATHERED_MAX   5000 /* read whole and sorted in memory, where no index has the order */

enum path {
    PATH_NEWEST,
    PATH_STATE,
    PATH_ENDING,
    PATH_EXPIRY, /* the association's lists in other orders … */
    PATH_NAME,
    PATH_WAITING,
    PATH_GATHERED, /* … and what was read whole */
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
    struct str document;            /* 文号 asked for, folded; or none */
    struct bytes index;             /* PATH_TAIL, PATH_MOBILE */
    struct member_id one;           /* PATH_ONE */
    struct company_lines companies; /* PATH_COMPANIES */
    struct day from_end, to_end;    /* PATH_ENDING */
    struct member_lines gathered;   /* PATH_GATHERED: in order */
    enum member_sort sort;          /* that its rows come in; SORT_USUAL: newest first */
    bool sifted;                    /* the filter asks for more than the path answers */
};

/* Where a walk stands: at this row. Of the keys the one that the walk is sorted by counts. */
struct spot {
    struct day end;
    int64_t since;
    struct str name;
    struct member_id id;
};
#define WALK_TOP ((struct spot){.id = {INT64_MAX}}) /* before the first row, newest first */

struct walk_rows {
    LIST(const struct member_line *);
    struct spot last; /* looked at */
    bool over;        /* nothing lies behind */
};

#endif
