/* 推荐汇总表, as PDF and as the page that shows it first; and the same table of people who are in no
 * recommendation. Results live in c->arena. ST_TOO_LARGE: more than one print can hold. */
#ifndef APP_BATCHES_SUMMARY_H
#define APP_BATCHES_SUMMARY_H

#include "app/batches/print.h"

/* The last prints (print.h) and their paper; a preview says 预览. Noted with how many people, once it is
 * drawn. At least one: ST_NOT_FOUND for none. url is the public address (--url), without a slash at the end.
 */
enum status app_summary_pdf(struct ctx *c, struct print_wanted which, struct str url, struct prints *ret,
                            struct bytes *ret_pdf) MUST_USE;
/* Prints: seals what these batches are now (print.h), if paper can hold it. ST_NOT_FOUND when nobody waits.
 */
enum status app_summary_print(struct ctx *c, struct print_wanted which, struct str once,
                              struct str url) MUST_USE;
/* The same table of the company's people in a state (STATE_NONE: all) that is no recommendation: a list
 * without number and 核验码. Noted with how many. */
enum status app_tab_pdf(struct ctx *c, enum member_state state, struct bytes *ret) MUST_USE;

/* What stands on the paper, in texts. */
struct summary_pair {
    struct str label, text;
};
struct summary_pairs {
    LIST(struct summary_pair);
};
struct summary_cell {
    struct str text;
    bool number; /* digits: never broken */
};
struct summary_cells {
    LIST(struct summary_cell);
};
struct summary_row {
    struct summary_cells cells;
};
struct summary_rows {
    LIST(struct summary_row);
};
struct summary {
    struct str title, number, check_code, note; /* number, check_code, note: none on a list */
    struct summary_pairs head, totals;
    struct summary_cells titles;
    struct summary_rows rows;
};
struct summaries {
    LIST(struct summary);
};
/* The preview of a tab: of a recommendation every undecided batch, none when nobody waits; else one list. It
 * shows what the print shows, so it is noted like it; the print alone counts as printed. */
enum status app_summary_preview(struct ctx *c, enum member_state state, struct summaries *ret) MUST_USE;
/* Which recommendation a tab shows; false for the others. */
bool summary_kind(enum member_state state, enum batch_kind *ret);

#endif
