/* Batch posts of both sides, and the page that says what came of them. */
#ifndef WEB_MEMBERS_DECIDE_H
#define WEB_MEMBERS_DECIDE_H

#include "app/members/decide.h"
#include "app/members/outcomes.h"
#include "web/core/form.h"
#include "web/members/list.h"

/* Does it to whom the form selected: 303 to the result page. With `ask` = 1 it only says what would happen.
 * What is missing or wrong is asked for again, with 422 and everything else that was sent kept. */
enum status web_decide(struct web *w, const struct decision *d) MUST_USE;
enum status page_result(struct web *w);
enum status post_result_undo(struct web *w);
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
    LIST(struct skipped_view);
};
/* Those of one reason: the first of them, and how many there are. */
struct skipped_group {
    struct str code, label;
    int64_t count, more; /* more: not shown */
    struct skipped_views rows;
};
struct skipped_groups {
    LIST(struct skipped_group);
};
#define SKIPPED_SHOWN 10 /* of a group; all are in the details */
/* What will happen, before it does: with scripts in a dialog, else a page. */
struct confirm_view {
    struct frame frame;
    struct url address, list;
    struct str list_label, what, question, companies, document_no, reason;
    struct day approved_on;
    int64_t done, skipped_count;
    struct skipped_groups skipped, warned; /* warned: will be done, and yet */
    struct hiddens_view sent;
    bool dangerous, has_day;
};

struct result_view {
    struct frame frame;
    struct url list, details;
    struct url next,
        following; /* what leads on: the first thing to do, and where those who were done are now; or none */
    struct url undo, undone; /* of the post; of what took this back: or none */
    struct str once;
    struct str list_label, next_label, following_label, what, advice;
    int64_t done, skipped_count;
    bool good;                 /* nobody was skipped */
    struct beside_view beside; /* of the one whose page this was done on */
    struct skipped_groups skipped, warned;
};

/* The page that asks again, with the wrong fields and everything else that was sent kept. */
enum status web_ask_again(struct web *w, struct str what, struct str reason,
                          const struct selection *s) MUST_USE;
/* The page that says what will happen: what is sent goes along. */
enum status web_ask(struct web *w, struct confirm_view *v) MUST_USE;
/* Skipped rows by reason, in the order of their first. */
struct skipped_groups web_skipped_groups(struct web *w, const struct skipped_list *skipped);

#endif
