/* What both sides' page of a batch says of its paper: the last print, its 核验码, and whether it still
 * agrees. */
#ifndef WEB_BATCHES_SEEN_H
#define WEB_BATCHES_SEEN_H

#include "web/batches/place.h"

struct batch_seen_view {
    struct str number, stage, code,
        match;                       /* codes of the contract; code: of the last print, else of the next */
    struct str stage_label, printed; /* printed: when, or none */
    struct str unprintable;          /* characters that no font here has */
    int64_t prints, scans;
    int64_t asked; /* by the QR code of an earlier print: which; else 0 */
    bool agrees, facts, people;
};
struct batch_seen_view batch_seen(struct web *w, const struct batch_sheet *s);

#endif
