/* Lists of people, for both sides: what an address or a form asks for, and the parts of the page around the
 * rows. */
#ifndef WEB_MEMBERS_LIST_H
#define WEB_MEMBERS_LIST_H

#include "app/members/decide.h"
#include "web/core/list.h"

struct list_want {
    struct member_filter filter;
    struct page_want page;
};

/* From the query of a list's address, or from the hidden fields of a form on it: contract.md, Lists.
 * ST_BAD_INPUT for an unknown status and for what is no date. */
enum status list_want_read(struct web *w, const struct http_pairs *from, struct list_want *ret) MUST_USE;
/* Whom a batch post is for. An id that is none is nobody's: it is skipped like someone else's. */
enum status list_selection_read(struct web *w, struct selection *ret) MUST_USE;

struct member_row_view {
    int64_t id;
    bool has_photo;
    struct str name, sex, id_number, title, mobile, company, state, state_label;
    struct day period_end;
};
struct member_rows_view {
    struct member_row_view *p;
    size_t n, cap;
};

struct list_view {
    struct url address, reset; /* of the list; of the same tab without conditions */
    struct str status;         /* code of the tab, or none */
    struct str q, expires_from, expires_to;
    struct tabs_view tabs;
    struct hiddens_view keeps;   /* what the search form hands on */
    struct hiddens_view filters; /* what a batch form needs for all=1 */
    struct member_rows_view rows;
    struct pager_view pager;
    bool filtered;      /* someone looked for something: "nothing" means nothing like that */
    bool shows_company; /* people of more than one employer */
};

/* `address` is the list's own: the pages of people stand below it. */
struct list_view list_view(struct web *w, struct url address, const struct list_want *want,
                           const struct member_page *page);
/* The list's address with the same conditions, and nothing of where it stood: for exports and ways back. */
struct url list_url(struct web *w, struct url address, const struct member_filter *f);
/* 导出全部（本页签 n 人）, or of what was looked for. */
struct str list_export_label(struct web *w, const struct list_view *list);

#endif
