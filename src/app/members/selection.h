/* Whom a batch is for: these, or everyone that a filter holds. */
#ifndef APP_MEMBERS_SELECTION_H
#define APP_MEMBERS_SELECTION_H

#include "app/members/list.h"

struct selection {
    const struct member_id *ids;
    size_t n;
    bool all;
    struct member_filter filter;
    int64_t expect; /* with all: how many the person saw, or -1; ST_CONFLICT when it is no longer so */
};
struct member_ids {
    LIST(struct member_id);
};

/* Each once and always by id, so that two batches that share people do not wait for each other in a circle;
 * read before anything changes. ST_BAD_INPUT: nobody, or too many. */
enum status selection_ids(struct ctx *c, const struct selection *s, struct member_ids *ret) MUST_USE;

#endif
