/* 经办人, the main clerk's side: who of the company works with the system. */
#ifndef WEB_COMPANIES_CLERKS_H
#define WEB_COMPANIES_CLERKS_H

#include "app/companies/clerks.h"
#include "web/core/form.h"
#include "web/core/frame.h"

struct clerk_row_view {
    struct clerk clerk;
    struct str mobile; /* masked; or none */
    struct str login;  /* the last, with the minute; or none */
    struct url page;   /* none for the main one */
};
struct clerk_rows_view {
    LIST(struct clerk_row_view);
};
struct clerk_form_view {
    struct fields_view fields;
    bool view_only, asks_enabled, enabled;
    int64_t version;
    int wrong; /* fields */
};
struct clerks_view {
    struct frame frame;
    struct clerk_rows_view rows;
    struct clerk_form_view form; /* of a new one */
    struct str once;
    bool form_open;
};
struct clerk_view {
    struct frame frame;
    struct clerk clerk;
    struct clerk_form_view form;
    struct url page, reset;
    bool saved, made_before;
};

enum status page_company_clerks(struct web *w);
enum status post_company_clerks(struct web *w);
enum status page_company_clerk(struct web *w);
enum status post_company_clerk(struct web *w);
enum status post_company_clerk_reset(struct web *w);

#endif
