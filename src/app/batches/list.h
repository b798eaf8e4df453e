/* Which batches there are: the company's own, or all of them for staff who read lists. */
#ifndef APP_BATCHES_LIST_H
#define APP_BATCHES_LIST_H

#include "app/batches/sheet.h"

struct batch_filter {
    enum batch_stage stage; /* STAGE_NONE: all */
    struct str q;           /* for staff: part of a number or of a company's name */
};
/* Where a page of the list begins: below a batch, among those that come first or among the rest. Zero: at the
 * top; as what follows a page: nothing follows. */
struct batch_place {
    struct batch_id below;
    bool rest;
};
/* The company's open ones first; for staff those first that somebody waits in; with a filter only what it
 * lets through. Newest first. */
enum status app_batches_list(struct ctx *c, const struct batch_filter *f, struct batch_place from,
                             size_t limit, struct batch_lines *ret, struct batch_place *ret_next) MUST_USE;

#endif
