#include "media/paginate.h"

#define ROWS_BEFORE_CLOSING 3

/* Moves the last rows of the page over, as many as fit above the block, but never all of them. */
static void add_closing_page(struct arena *a, struct page_spans *spans, const double *row_heights,
                             const struct page_room *room)
{
    struct page_span *last = &spans->p[spans->n - 1];
    size_t end = last->first + last->count, moved = 0;
    double left = room->next - room->closing;
    while (moved < ROWS_BEFORE_CLOSING && moved + 1 < last->count && row_heights[end - moved - 1] <= left)
        left -= row_heights[end - ++moved];
    last->count -= moved;
    *ARENA_PUSH(a, spans) = (struct page_span){end - moved, moved, true};
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
        add_closing_page(a, &spans, row_heights, room);
    return spans;
}
