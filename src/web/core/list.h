/* What all lists have: a size, a place, a pager. */
#ifndef WEB_CORE_LIST_H
#define WEB_CORE_LIST_H

#include "app/core/page.h"
#include "web/core/frame.h"

#define LIST_SIZE_USUAL 20

struct hidden_view {
    struct str name, value;
};
struct hiddens_view {
    LIST(struct hidden_view);
};

struct size_view {
    int64_t rows;
    struct url url;
    bool current;
};
struct sizes_view {
    LIST(struct size_view);
};
struct pager_view {
    int64_t total;
    bool open; /* there are more than that */
    struct sizes_view sizes;
    struct url previous, next; /* or none */
};

/* size, after, before: contract.md, Lists. */
struct page_want list_page_read(const struct http_pairs *from);
/* What is searched for, as typed. ST_BAD_INPUT: too long, or no text. */
enum status list_q_read(struct web *w, const struct http_pairs *from, struct str *ret) MUST_USE;
/* The usual size needs no word. */
struct url list_with_size(struct web *w, struct url address, int size);
/* `here` is the address with its conditions, previous and next are cursors. The totals are
 * left open. */
struct pager_view list_pager(struct web *w, struct url here, int size, struct str previous, struct str next);

#endif
