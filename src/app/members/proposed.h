/* 单位不在列表中, for the association: a row for each company that applicants named and nobody knows. It is
 * opened, or a known one taken for it, and their applications go there; or they go back with a reason. */
#ifndef APP_MEMBERS_PROPOSED_H
#define APP_MEMBERS_PROPOSED_H

#include "app/companies/near.h"
#include "app/core/page.h"
#include "app/core/todo_kind.h"

struct proposed {
    struct proposed_line row;
    struct company_proposals_called_rows people; /* the first of them */
    struct company_called called;                /* somebody may have opened it meanwhile */
};
struct proposed_list {
    LIST(struct proposed);
};
struct proposed_page {
    struct proposed_list items;
    struct str next, previous;
    int64_t total;
};
/* Whoever waits longest first. */
enum status app_companies_proposed(struct ctx *c, const struct page_want *want,
                                   struct proposed_page *ret) MUST_USE;

struct proposed_decision {
    struct str decision; /* yes, no */
    struct str
        company; /* yes: the id of a known one; none: it is opened, or taken if one is called so by now */
    struct str reason; /* no: what the applicants read */
    struct str once;
};
struct proposed_done {
    struct company_full company; /* id 0: refused, or the form was sent before */
    bool made;
    int64_t people;
};
/* Everybody who named it. ST_BAD_INPUT: decision, company, reason. ST_CONFLICT: decided by now, or withdrawn.
 */
enum status app_company_proposed(struct ctx *c, struct proposal_id id, const struct proposed_decision *in,
                                 struct proposed_done *ret) MUST_USE;

#define PROPOSED_PEOPLE_SHOWN 5

/* For feature.c. */
enum status todo_proposed(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;

#endif
