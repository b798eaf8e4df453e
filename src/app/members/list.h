/* Lists of people: which, in what order, page by page. Each list has one driving access path (an index); what
 * else is asked for is sifted from its rows, with a bound on how many are looked at and a cursor to go on
 * from. */
#ifndef APP_MEMBERS_LIST_H
#define APP_MEMBERS_LIST_H

#include "app/core/counts.h"
#include "app/core/page.h"
#include "app/members/filter.h"
#include "gen/rows.h"

/* A person in a list. ID number and mobile are masked unless the whole was asked for. */
struct member_item {
    const struct member_line *row;
    enum member_state state;
    struct str id_number, mobile;
    bool has_photo;
    struct str company; /* its name, for the association; none for a company's own list */
};
struct member_items {
    LIST(struct member_item);
};

struct member_page {
    struct member_items items;
    struct str next, previous;   /* cursors, or none */
    int64_t total;               /* of all pages */
    bool total_open;             /* there are more than that */
    struct member_counts counts; /* of each tab under the same conditions */
    bool counts_open;            /* there may be more in each of them */
};

void member_list_open(struct app *app); /* for feature.c */
/* As who asks: a company sees its own, whatever the filter says; staff needs membership or viewer. */
enum status app_members_list(struct ctx *c, const struct member_filter *f, const struct page_want *want,
                             struct member_page *ret) MUST_USE;

/* Who stands before and behind a person in a list, or 0: also when that person has just left it. Only of whom
 * who asks may read. */
enum status app_members_beside(struct ctx *c, const struct member_filter *f, enum member_sort sort,
                               struct member_id id, struct member_id *ret_before,
                               struct member_id *ret_behind) MUST_USE;

/* Every row of a filter in order, for batches and exports: visit returns ST_OK to go on. Reads page by page;
 * the ids that visit changes may leave the filter meanwhile, so collect first. */
typedef enum status member_visit_fn(void *arg, const struct member_line *row);
enum status member_list_each(struct ctx *c, const struct member_filter *f, member_visit_fn *visit,
                             void *arg) MUST_USE;
/* The filter as the actor may use it: a company's own. */
enum status member_filter_allow(struct ctx *c, const struct member_filter *f,
                                struct member_filter *ret) MUST_USE;

#endif
