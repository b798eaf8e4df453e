/* How the rows of a table fall on pages: the one function that decides it, for every document and its
 * preview. */
#ifndef MEDIA_PAGINATE_H
#define MEDIA_PAGINATE_H

#include "base/arena.h"

struct page_span {
    size_t first, count; /* rows */
    bool closing;        /* the closing block stands below them; only on the last page */
};
struct page_spans {
    LIST(struct page_span);
};

/* Heights in one unit, whichever. */
struct page_room {
    double first, next; /* for rows on the first page, and on each page after it */
    double closing;     /* the block after the last row; fits on a page */
};

/* At least one page. Rows are never split and a page takes at least one of those left. Where the closing
 * block does not fit it goes to a page of its own, and the last three rows go with it, or as many as have
 * room there, so that nobody signs an empty sheet; one row always stays behind. */
struct page_spans paginate(struct arena *a, const double *row_heights, size_t row_count,
                           const struct page_room *room);

#endif
