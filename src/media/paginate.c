#include "media/paginate.h"

#define ROWS_BEFORE_CLOSING 3

/* Moves the last rows of the page over, but never all of them. */
static void add_closing_page(struct arena *a, struct page_spans *spans)
{
    struct page_span *last = &spans->p[spans->n - 1];
    size_t moved = last->count > ROWS_BEFORE_CLOSING ? ROWS_BEFORE_CLOSING : 0;
    last->count -= moved;
    size_t first = last->first + last->count;
    *ARENA_PUSH(a, spans) = (struct page_span){first, moved, true};
}

struct page_spans paginate(struct arena *a, const double *row_heights, size_t row_count,
                           const struct page_room *room)
{
    struct page_spans spans = {0};
    size_t next = 0;
    double left = 0;
    do {
        struct page_span *span = ARENA_PUSH(a, &spans);
        left = spans.n == 1 ? room->first : room->next;
        span->first = next;
        while (next < row_count && (span->count == 0 || row_heights[next] <= left)) {
            left -= row_heights[next++];
            span->count++;
        }
    } while (next < row_count);
    if (room->closing <= left)
        spans.p[spans.n - 1].closing = true;
    else
        add_closing_page(a, &spans);
    return spans;
}
