/* 推荐汇总表, the association's side: which there are, and one beside what its print says. */
#ifndef WEB_BATCHES_STAFF_H
#define WEB_BATCHES_STAFF_H

#include "web/batches/seen.h"

struct staff_batch_row {
    int64_t id;
    struct url page, company_page;
    struct str code; /* of its stage */
    struct str number, company, kind, stage, stage_class;
    struct day created, printed;
    int64_t people, undecided;
};
struct staff_batch_rows {
    LIST(struct staff_batch_row);
};
struct staff_batches_view {
    struct frame frame;
    struct batch_tabs_view tabs;
    struct str status, q;
    struct staff_batch_rows rows;
    struct url older; /* or none */
    struct str empty;
};

struct staff_batch_person {
    int64_t id;
    struct url page;
    struct str name, id_number, education, title, post, state, state_label, changed, decision, change;
};
struct staff_batch_people {
    LIST(struct staff_batch_person);
};
struct staff_batch_view {
    struct frame frame;
    struct batch_sheet sheet;
    struct batch_seen_view seen;
    struct url company_page, pdf;     /* pdf: none for who may not see all of it */
    struct str kind, created, closed; /* closed: or none */
    struct staff_batch_people people;
};

enum status page_staff_batches(struct web *w);
enum status page_staff_batch(struct web *w);

#endif
