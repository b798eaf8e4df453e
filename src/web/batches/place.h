/* What the address of a page of batches asks for; the same on both sides. */
#ifndef WEB_BATCHES_PLACE_H
#define WEB_BATCHES_PLACE_H

#include "app/batches/list.h"
#include "web/core/frame.h"

struct batch_want {
    struct batch_filter filter;
    struct batch_place from;
    int size;
};
struct batch_tab_view {
    struct url url;
    struct str status, label;
    bool current;
};
struct batch_tabs_view {
    LIST(struct batch_tab_view);
};

/* status, q, size, and from `after` where the page begins: the batch above, with an r before it among the
 * rest; what is none is the top. ST_BAD_INPUT for an unknown status and for a q that is no text. */
enum status batch_want_read(struct web *w, struct batch_want *ret) MUST_USE;
/* The page that begins there, with the same conditions; none when nothing follows. */
struct url batch_next_url(struct web *w, struct url list, const struct batch_want *want,
                          struct batch_place next);
/* The stages to choose from. */
struct batch_tabs_view batch_tabs(struct web *w, struct url list, const struct batch_want *want);

/* How far a batch is, in words, and the colour that says so. */
struct str batch_stage_label(enum batch_stage stage);
struct str batch_stage_colour(enum batch_stage stage);
/* waiting, approved, returned. */
struct str batch_decision_code(const struct batch_row *row);

#endif
