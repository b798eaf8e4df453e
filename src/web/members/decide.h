/* Batch posts of both sides, and the page that says what came of them. */
#ifndef WEB_MEMBERS_DECIDE_H
#define WEB_MEMBERS_DECIDE_H

#include "app/members/decide.h"
#include "app/members/outcomes.h"
#include "web/core/form.h"
#include "web/members/list.h"

/* Does it to whom the form selected: 303 to the result page. What is missing or wrong is asked for again,
 * with 422 and everything else that was sent kept. */
enum status web_decide(struct web *w, const struct decision *d) MUST_USE;
enum status page_result(struct web *w);
enum status page_result_csv(struct web *w);

struct ask_again_view {
    struct frame frame;
    struct url address, list; /* of the post, sent again; of the list */
    struct str list_label, what, whom, reason, error;
    bool focus; /* of the reason, when it has an error */
    int64_t max;
    struct fields_view fields; /* others that are wrong */
    struct hiddens_view sent;  /* everything else */
};

struct skipped_view {
    int64_t id;
    struct str name, code, text;
};
struct skipped_views {
    struct skipped_view *p;
    size_t n, cap;
};
struct result_view {
    struct frame frame;
    struct url list, next, details; /* next: where those who were done are now, or none */
    struct str list_label, next_label, what, advice;
    int64_t done, skipped_count;
    struct skipped_views skipped;
};

#endif
