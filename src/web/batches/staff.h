/* 推荐汇总表, the association's side: which there are, and one beside what its print says. */
#ifndef WEB_BATCHES_STAFF_H
#define WEB_BATCHES_STAFF_H

#include "app/batches/sheet.h"
#include "web/core/frame.h"

struct staff_batch_row {
    struct url page, company_page;
    struct str number, company, kind, stage, stage_class;
    struct day created, printed;
    int64_t people, undecided;
};
struct staff_batch_rows {
    struct staff_batch_row *p;
    size_t n, cap;
};
struct staff_batches_view {
    struct frame frame;
    struct staff_batch_rows rows;
    struct url older; /* or none */
    struct str empty;
};

struct staff_batch_person {
    int64_t id;
    struct url page;
    struct str name, id_number, education, title, post, state, state_label, changed;
};
struct staff_batch_people {
    struct staff_batch_person *p;
    size_t n, cap;
};
struct staff_batch_view {
    struct frame frame;
    struct batch_sheet sheet;
    struct url company_page;
    struct str kind, stage, created, printed, closed; /* printed, closed: or none */
    struct staff_batch_people people;
    bool agrees, differs; /* with the last print: the 核验码; anything at all */
};

enum status page_staff_batches(struct web *w);
enum status page_staff_batch(struct web *w);

#endif
