/* What the address of a list says, and addresses that say the same. Private to the lists of this room. */
#ifndef WEB_MEMBERS_WANT_H
#define WEB_MEMBERS_WANT_H

#include "app/members/decide.h"
#include "web/core/form.h"
#include "web/core/list.h"

struct list_want {
    struct member_filter filter;
    struct page_want page;
    bool wrong; /* list_want_ask: w->c.problems says what; what is right stands */
};

/* From the query of a list's address, or from the hidden fields of a form on it: contract.md, Lists. A
 * company asks for its own people only, whatever `company` says. ST_BAD_INPUT for an unknown status or order
 * and for what is no date. */
enum status list_want_read(struct web *w, const struct http_pairs *from, struct list_want *ret) MUST_USE;
/* The same for a page that shows what is wrong beside its form: with 422 when ret->wrong. */
void list_want_ask(struct web *w, struct list_want *ret);
/* Whom a batch post is for. An id that is none is nobody's: it is skipped like someone else's. A 文号 that is
 * looked for is `filter_document_no`, where the post has a `document_no` of its own; else `document_no` too.
 */
enum status list_selection_read(struct web *w, bool has_document_no, struct selection *ret) MUST_USE;
/* The list's address with the same conditions, and nothing of where it stood: for exports and ways back. */
struct url list_url(struct web *w, struct url address, const struct member_filter *f);

/* The address with size and order, where they are not the usual ones. */
struct url want_url(struct web *w, struct url address, const struct member_filter *f,
                    const struct page_want *page);
/* What a list looks for, as hidden fields of its search form or of a batch form. */
struct hiddens_view want_texts(struct web *w, const struct member_filter *f);
void want_add_text(struct web *w, struct hiddens_view *texts, const char *name, struct str value);
/* The fields of its search form that have a table, as they were typed. */
struct fields_view want_conditions(struct web *w);

#endif
