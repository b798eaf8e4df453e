/* 合并单位: two companies become one, previewed first. */
#ifndef WEB_MEMBERS_MERGE_H
#define WEB_MEMBERS_MERGE_H

#include "app/members/merge.h"
#include "web/core/form.h"
#include "web/core/frame.h"

struct merge_choice {
    struct str id, name;
    bool chosen;
};
struct merge_choices {
    LIST(struct merge_choice);
};
struct merge_view {
    struct frame frame;
    struct str once, from, into, on, q; /* as typed */
    struct str from_name, into_name;    /* of companies that are there */
    struct str from_error, into_error, on_error;
    struct merge_choices choices;
    bool preview, searched; /* preview: all is right, and counted */
    int64_t people, waiting, clerks;
    struct day today;
    int wrong;
};

enum status page_staff_merge(struct web *w);
/* Leads to the preview; with confirm = 1 it is done. */
enum status post_staff_merge(struct web *w);

#endif
