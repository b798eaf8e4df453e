/* 单位不在列表中, for the association: the companies that applicants named, opened, taken for a known one, or
 * refused. */
#ifndef WEB_MEMBERS_PROPOSED_H
#define WEB_MEMBERS_PROPOSED_H

#include "app/members/proposed.h"
#include "web/core/list.h"
#include "web/core/web.h"

struct proposed_choice {
    struct str id, name, note;
    bool chosen;
};
struct proposed_choices {
    LIST(struct proposed_choice);
};
struct proposed_person_view {
    struct str name;
    struct url page;
};
struct proposed_people_view {
    LIST(struct proposed_person_view);
};
struct proposed_row_view {
    int64_t id, n;
    struct str name, since;
    struct str like; /* called so by now, or almost */
    struct proposed_people_view people;
    struct url open;
    bool more; /* people than are named */
};
struct proposed_rows_view {
    LIST(struct proposed_row_view);
};
/* The one that is being decided. */
struct proposed_panel {
    struct proposed_row_view row;
    struct proposed_choices choices;
    struct str q, reason, decision_error, company_error, reason_error;
    struct url address;
    int reason_max;
    bool searched, fresh; /* fresh: a new company is what stands chosen */
};
struct proposed_panels {
    LIST(struct proposed_panel);
};
struct proposed_view {
    struct frame frame;
    struct str once, nothing;
    struct str said; /* what was just done */
    struct str company_name;
    struct url company; /* with that one; none */
    bool made;          /* it is new: nobody can log in there yet */
    struct proposed_panels panels;
    struct proposed_rows_view rows;
    struct pager_view pager;
    int wrong;
};

enum status page_staff_proposed(struct web *w);
enum status post_staff_proposed(struct web *w);

#endif
