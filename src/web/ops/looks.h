/* 待复核: delicate acts of all areas that another account with the same role looks at. */
#ifndef WEB_OPS_LOOKS_H
#define WEB_OPS_LOOKS_H

#include "app/core/looks.h"
#include "web/core/form.h"
#include "web/core/list.h"

struct look_row_view {
    int64_t id;
    struct str what, title, subject, who, at, reason, before, after;
    struct url person, address, row; /* person: none, where there is none; address: of the post */
    struct str note, error, note_error;
    bool own, waits;
};
struct look_rows_view {
    LIST(struct look_row_view);
};
struct looks_view {
    struct frame frame;
    struct str once, nothing;
    struct look_rows_view rows;
    struct pager_view pager;
    bool saved;
    int64_t note_max;
};

enum status page_staff_looks(struct web *w);
enum status post_staff_look(struct web *w);

#endif
