/* 推荐汇总表 of a company: the preview and print of a tab, the batches one by one, and where a print's QR
 * code leads. */
#ifndef WEB_BATCHES_COMPANY_H
#define WEB_BATCHES_COMPANY_H

#include "app/batches/summary.h"
#include "web/batches/seen.h"
#include "web/members/list.h"

struct company_summary_view {
    struct frame frame;
    struct url list, print, xlsx;
    struct summaries pages;
    struct str empty;
};

struct batch_line_view {
    int64_t id;
    struct url page;
    struct str number, kind, code, state, state_label; /* code: of its stage */
    struct str created, printed;                       /* printed: or none */
    int64_t people, undecided;
};
struct batch_lines_view {
    LIST(struct batch_line_view);
};
struct company_batches_view {
    struct frame frame;
    struct batch_tabs_view tabs;
    struct batch_lines_view lines;
    struct str empty;
    struct url next; /* older ones, or none */
};

struct batch_person_view {
    int64_t id;
    struct url page; /* none: the reader may not open it */
    struct str name, id_number, title, state, state_label, changed, decision, change;
};
struct batch_people_view {
    LIST(struct batch_person_view);
};
struct company_batch_view {
    struct frame frame;
    struct batch_seen_view seen;
    struct str kind, created, closed, fee;
    struct url print, pdf, close;
    struct batch_people_view people;
    int64_t people_count, undecided;
    bool open, may_print; /* may_print: anew; a closed one is printed once, then given again */
    bool may_act;         /* not a clerk who only looks */
};

enum status page_company_summary(struct web *w);
enum status page_company_summary_pdf(struct web *w);
enum status post_company_summary_print(struct web *w);
enum status page_company_batches(struct web *w);
enum status page_company_batch(struct web *w);
enum status page_batch_pdf(struct web *w);
enum status post_company_batch_print(struct web *w);
enum status post_company_batch_close(struct web *w);
enum status page_batch_by_code(struct web *w);

#endif
